import { readdir, readFile } from 'node:fs/promises';
import { join, posix, sep } from 'node:path';
import ts from 'typescript';

/** An arrow of the graph. */
export interface Import {
  /** the file that has the import, relative to the folder, such as `shared/check.ts` */
  from: string;
  /** a file in the same way, or the name of a package or of a module of Node */
  to: string;
  /** whether it is gone once the types are */
  isType: boolean;
}

/** All imports of the TypeScript files in a folder, those by `import()` and `export … from` too. */
export async function importsIn(folder: string): Promise<Import[]> {
  const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.ts'));
  const found = await Promise.all(
    files.map(async (file) =>
      importsOf(file.replaceAll(sep, '/'), await readFile(join(folder, file), 'utf8')),
    ),
  );
  return found.flat();
}

/** The imports of one file, from its text. */
export function importsOf(file: string, text: string): Import[] {
  const found: Import[] = [];
  const add = (specifier: ts.Node | undefined, isType: boolean) => {
    if (!specifier || !ts.isStringLiteralLike(specifier)) return;
    const { text: name } = specifier;
    const to = name.startsWith('.') ? posix.join(posix.dirname(file), name) : name;
    found.push({ from: file, to, isType });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      add(node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword);
    } else if (ts.isExportDeclaration(node)) {
      add(node.moduleSpecifier, node.isTypeOnly);
    } else if (ts.isImportTypeNode(node)) {
      add(ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined, true);
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      add(node.arguments[0], false);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest));
  return found;
}

/** The files that one imports, and those that they import, and so on: the first is itself. */
export function reached(imports: Import[], file: string): Set<string> {
  const found = new Set([file]);
  for (const each of found) {
    for (const { from, to } of imports) if (from === each) found.add(to);
  }
  return found;
}

/** Each circle of imports once, as the files on it, sorted. */
export function circles(imports: Import[]): string[][] {
  const files = [...new Set(imports.map(({ from }) => from))].sort();
  const reach = new Map(files.map((file) => [file, reached(imports, file)]));
  const seen = new Set<string>();
  return files.flatMap((file) => {
    if (seen.has(file)) return [];
    const circle = files.filter(
      (other) => other === file || (reach.get(file)!.has(other) && reach.get(other)!.has(file)),
    );
    for (const other of circle) seen.add(other);
    const importsItself = imports.some(({ from, to }) => from === file && to === file);
    return circle.length > 1 || importsItself ? [circle] : [];
  });
}
