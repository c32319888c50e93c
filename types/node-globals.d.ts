// What Node has beyond its types, where the browser's types are not there to help out.

type TextDecoder = import('node:util').TextDecoder;
type TextDecodeOptions = NonNullable<Parameters<TextDecoder['decode']>[1]>;

// Node's own URL.parse takes a URL as the base, as the standard says.
declare var URL: typeof import('node:url').URL & {
  parse(input: string, base?: string | URL): URL | null;
};
