// The checks of a release, without anything asked of git, npm or the disk.

/** What git and the files at hand say. */
export interface Source {
  /** that of package.json */
  version: string;
  /** that of package-lock.json */
  lockedVersion: string;
  /** the text of CHANGELOG.md */
  changelog: string;
  /** what `git status --porcelain` prints */
  status: string;
  tags: string[];
}

/** What there is to be packed: names of nodes, plugins and languages, and of files in their folders. */
export interface Contents {
  nodes: string[];
  plugins: string[];
  /** in dist/ */
  workerFiles: string[];
  /** in resources/ */
  elementFiles: string[];
  languages: string[];
  /** those of `languages` that have help */
  helpLanguages: string[];
  /** in icons/ */
  icons: string[];
  /** in examples/ */
  examples: string[];
}

/** The version of the topmost section of a changelog, such as `0.2.0`, or its title if it has none. */
export function topVersion(changelog: string): string | undefined {
  const [, title] = /^## +(.+?) *$/m.exec(changelog) ?? [];
  const [, version] = /^\[?v?(\d+\.\d+\.\d+[\w.+-]*)\]?(?: |$)/.exec(title ?? '') ?? [];
  return version ?? title;
}

/** Why this is no release, as sentences; none where it is one. */
export function sourceProblems(source: Source): string[] {
  const { version, lockedVersion, changelog, status, tags } = source;
  const problems: string[] = [];
  if (status.trim() !== '') problems.push(`The working tree is not clean:\n${status.trimEnd()}`);
  const top = topVersion(changelog);
  if (top !== version) {
    problems.push(
      `The top of CHANGELOG.md is ${top ?? 'missing'}, but package.json has version ${version}.`,
    );
  }
  if (lockedVersion !== version) {
    problems.push(
      `package-lock.json has version ${lockedVersion}, but package.json has ${version}: run npm install.`,
    );
  }
  if (tags.includes(`v${version}`)) problems.push(`The tag v${version} is there already.`);
  return problems;
}

/** The paths that the package has, sorted. */
export function expectedPaths(contents: Contents): string[] {
  const { nodes, plugins, workerFiles, elementFiles, icons, examples } = contents;
  const { languages, helpLanguages } = contents;
  return [
    'LICENSE',
    'README.md',
    'package.json',
    'dist/package.json',
    ...workerFiles.map((file) => `dist/${file}`),
    ...[...nodes, ...plugins].flatMap((name) => [`dist/${name}.js`, `dist/${name}.html`]),
    ...languages.flatMap((language) =>
      [...nodes, ...plugins].map((name) => `dist/locales/${language}/${name}.json`),
    ),
    ...helpLanguages.flatMap((language) =>
      nodes.map((node) => `dist/locales/${language}/${node}.html`),
    ),
    ...icons.map((icon) => `dist/icons/${icon}`),
    ...examples.map((example) => `examples/${example}`),
    ...elementFiles.map((file) => `resources/${file}`),
  ].sort();
}

/** What is in the package and should not be, and the other way round, as sentences. */
export function contentsProblems(paths: string[], expected: string[]): string[] {
  return [
    ...expected.filter((path) => !paths.includes(path)).map((path) => `${path} is not packed.`),
    ...paths
      .filter((path) => !expected.includes(path))
      .map((path) => `${path} is packed, and should not be.`),
  ];
}

interface PackedJson {
  size: number;
  files: { path: string }[];
}

/**
 * The paths in a package, sorted, and its size in bytes, from what `npm pack --json` prints: a list of one
 * package, after what the package's own scripts may print.
 */
export function packedOf(printed: string): { paths: string[]; size: number } {
  const start = printed.search(/^\[/m);
  if (start < 0) throw new Error(`npm pack printed no JSON: ${printed}`);
  const [packed] = JSON.parse(printed.slice(start)) as PackedJson[];
  if (!packed) throw new Error(`npm pack told of no package: ${printed}`);
  return { paths: packed.files.map(({ path }) => path).sort(), size: packed.size };
}
