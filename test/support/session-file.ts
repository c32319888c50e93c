import { readdirSync, readFileSync } from 'node:fs';

/**
 * A session with a device, as `test/shared/configurations/sessions/` has them: what a dialect's commands answer, and what must
 * come of it. Each part begins with a line `--- name`, each answer with a line `> command`.
 */
export interface SessionFile {
  /** by command */
  answers: Map<string, string>;
  /** the prompt of a shell that may do all, and what its pager says; each ends at a `|` in the file */
  shell: { prompt: string; pager: string } | undefined;
  /** what the device changes by itself: a text of the answer, and what stands there next time */
  volatile: [string, string][];
  secrets: string[];
  /** secrets that the device encodes anew each time */
  renewed: string[];
  /** lines that are left as they are */
  kept: string[];
  changedBy: string | undefined;
  /** answers that are errors */
  refused: string[];
}

const folder = new URL('../shared/configurations/sessions/', import.meta.url);

/** The names of all session files: the ids of dialects. */
export function sessionNames(): string[] {
  return readdirSync(folder).map((file) => file.replace(/\.session$/, ''));
}

export function readSession(name: string): SessionFile {
  const whole = readFileSync(new URL(`${name}.session`, folder), 'utf8');
  const [head, ...parts] = whole.split(/^--- /m);
  const named = new Map(
    parts.map((part) => {
      const [title, ...lines] = part.split('\n');
      return [title!, lines.filter((line) => line !== '')];
    }),
  );
  const part = (title: string) => named.get(title) ?? [];
  const [, ...commands] = head!.split(/^> /m);
  const answers = commands.map((text): [string, string] => {
    const end = text.indexOf('\n');
    return [text.slice(0, end), text.slice(end + 1)];
  });
  const unescaped = (text: string) => text.replaceAll('\\n', '\n');
  const [prompt, pager] = part('shell').map((line) => line.slice(0, -1));
  return {
    answers: new Map(answers),
    shell: prompt === undefined || pager === undefined ? undefined : { prompt, pager },
    volatile: part('volatile').map((line) => {
      const [from, to] = line.split(' => ') as [string, string];
      return [unescaped(from), unescaped(to)];
    }),
    secrets: part('secrets'),
    renewed: part('renewed'),
    kept: part('kept'),
    changedBy: part('changed by')[0],
    refused: part('refused').map(unescaped),
  };
}
