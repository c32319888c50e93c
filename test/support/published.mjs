// Has the tests of the adapters run what is published, dist/, in the place of the sources: loaded with
// --import before the tests.
import { registerHooks } from 'node:module';

registerHooks({
  resolve(specifier, context, next) {
    const [, name] = /\/nodes\/([\w-]+)\/runtime\.ts$/.exec(specifier) ?? [];
    return next(
      name === undefined ? specifier : new URL(`../../dist/${name}.js`, import.meta.url).href,
      context,
    );
  },
});
