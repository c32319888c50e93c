import type { Clock } from '../../clock.ts';
import { Problem } from '../../problem.ts';
import { foreignText } from '../../text.ts';
import type { Command, Dialect, Question } from '../dialect.ts';
import { CommandOutput, textOf } from './command-output.ts';
import { decode, encode } from './decode.ts';

/** ms of silence after which the end of what a device sent is taken for a question, a prompt, or an unknown prompt */
const silence = { question: 30, prompt: 150, learn: 700 };
/** ms without a sign of life after which Enter is sent: some devices wait for it */
const wake = 3000;
/** characters of the longest prompt and question */
const longestPrompt = 300;
/** lines that are taken for a prompt until one comes again */
const tries = 6;

/** What there is to log in with. */
interface ShellLogin {
  user?: string;
  password?: string;
  enablePassword?: string;
}

interface ShellOptions {
  dialect: Dialect;
  login: ShellLogin;
  /** sends keys to the device */
  send: (keys: string) => void;
  clock: Clock;
  /** limit on all that the device sends */
  maxBytes: number;
}

/** What a dialect's commands gave. */
export interface Configurations {
  running: string;
  saved?: string;
}

interface Waiting {
  look: (open: string) => unknown;
  silence: number;
  resolve: (seen: unknown) => void;
  reject: (reason: unknown) => void;
}

/**
 * Talks to the shell of a device as a person would: waits for its prompt, answers its questions and pagers, and reads
 * what its commands give. It knows no network: bytes go in and keys come out.
 */
export class ShellSession {
  readonly #options: ShellOptions;
  readonly #output: CommandOutput;
  /** the first prompt, once it was seen, and the last */
  #first: string | undefined;
  #prompt = '';
  #waiting: Waiting | undefined;
  #failure: { reason: unknown } | undefined;
  #callOff: (() => void) | undefined;
  readonly #asked = new Set<string>();

  constructor(options: ShellOptions) {
    this.#options = options;
    this.#output = new CommandOutput(options.maxBytes);
  }

  /** Takes what the device sent. */
  take(bytes: Uint8Array): void {
    if (this.#failure) return;
    this.#guard(() => this.#output.take(bytes));
    this.#listen();
  }

  /** Ends it: what is under way, or comes next, rejects with a problem of its step, caused by the reason. */
  fail(reason: unknown): void {
    if (this.#failure) return;
    this.#failure = { reason };
    this.#callOff?.();
    this.#waiting?.reject(reason);
  }

  /** Runs all commands of the dialect, once. Rejects with a Problem that names the step and has no secret. */
  async fetch(): Promise<Configurations> {
    const { enable, setup = [], running, saved, leave = [] } = this.#options.dialect;
    await this.#firstPrompt();
    if (enable && (enable.always || this.#options.login.enablePassword)) await this.#enable(enable);
    for (const command of setup) await this.#run(command);
    const result: Configurations = { running: await this.#all(running) };
    if (saved) result.saved = await this.#all(saved);
    for (const command of leave) this.#send(`${command}\n`);
    return result;
  }

  async #all(commands: readonly Command[]): Promise<string> {
    const texts: string[] = [];
    for (const command of commands) texts.push(await this.#run(command as string));
    const text = texts.join('');
    if (!this.#options.dialect.whole?.last) await this.#checkEnd(text);
    return text;
  }

  // What looked like the prompt may have been a line of the text, where that shows no end: then more has come after it.
  async #checkEnd(text: string) {
    this.#ask('');
    this.#prompt = await this.#wait(this.#promptIn);
    const more = this.#output.lines().filter((line) => {
      return line.trim() !== '' && shape(line) !== shape(this.#prompt);
    });
    if (more.length === 0) return;
    const { label } = this.#options.dialect;
    const count = text.split('\n').length - 1;
    throw new Problem('configurationCut', { dialect: label, count });
  }

  async #firstPrompt() {
    const { dialect, clock } = this.#options;
    const asleep = clock.after(wake, () => {
      if (this.#output.size === 0) this.#send('\n');
    });
    try {
      this.#prompt = dialect.prompt ? await this.#wait(this.#promptIn) : await this.#learn();
      this.#first = this.#prompt;
      this.#output.terminal.flush();
    } catch (cause) {
      const line = this.#harmless(this.#output.terminal.open);
      if (line === '') throw new Problem('atShell', {}, { cause });
      throw new Problem('atShellLine', { line }, { cause });
    } finally {
      asleep();
    }
  }

  // The prompt is what Enter gives once more.
  async #learn(): Promise<string> {
    const line = (open: string) => {
      refuseNewPassword(open);
      return isShort(open) ? open : undefined;
    };
    let before: string | undefined;
    for (let left = tries; left > 0; left--) {
      const seen = await this.#wait(line, silence.learn);
      if (before !== undefined && shape(before) === shape(seen)) return seen;
      before = seen;
      this.#ask('');
    }
    throw new Problem('noPrompt');
  }

  async #enable({ command, password }: NonNullable<Dialect['enable']>) {
    const look = (open: string) => {
      if (isShort(open) && password.test(open)) return { prompt: undefined };
      const prompt = this.#promptIn(open);
      return prompt === undefined ? undefined : { prompt };
    };
    const ask = (keys: string) => {
      this.#ask(keys);
      return this.#wait(look);
    };
    try {
      let { prompt } = await ask(command);
      if (prompt === undefined) ({ prompt } = await ask(this.#options.login.enablePassword ?? ''));
      if (prompt === undefined || (prompt === this.#prompt && prompt.includes('>'))) {
        throw new Problem('enableRefused');
      }
      this.#prompt = prompt;
      this.#output.terminal.flush();
    } catch (cause) {
      throw new Problem('atCommand', { command }, { cause });
    }
  }

  /** What a command gives, with `\n` after each line. */
  async #run(command: string): Promise<string> {
    try {
      this.#ask(command);
      this.#prompt = await this.#wait(this.#promptIn);
      const lines = this.#output.lines();
      if (this.#isEcho(lines[0], command)) lines.shift();
      return textOf(lines);
    } catch (cause) {
      throw new Problem('atCommand', { command }, { cause: this.#stuck(cause) });
    }
  }

  // Some devices show the prompt again before what was typed in, some only the line's end.
  #isEcho(line: string | undefined, command: string): boolean {
    if (line === undefined) return false;
    const typed = line.startsWith(this.#prompt) ? line.slice(this.#prompt.length) : line;
    return ['', encode(command).trim()].includes(typed.trim());
  }

  // What comes next begins on a line of its own, also where the device does not repeat what is typed in.
  #ask(keys: string) {
    this.#output.terminal.flush();
    this.#send(`${keys}\n`);
  }

  #send(keys: string) {
    if (!this.#failure) this.#options.send(keys);
  }

  readonly #promptIn = (open: string): string | undefined => {
    if (!isShort(open)) return undefined;
    const { prompt } = this.#options.dialect;
    const first = this.#first;
    if (first === undefined) refuseNewPassword(open);
    // A text of a configuration that looks like any prompt is seldom that of this device.
    const isIt = prompt
      ? prompt.test(open) && (first === undefined || letters(open).startsWith(letters(first)))
      : shape(open) === shape(first!);
    return isIt ? open : undefined;
  };

  /** Waits until the device is silent and `look` finds something in its open line. */
  #wait<Seen>(look: (open: string) => Seen | undefined, ms = silence.prompt): Promise<Seen> {
    return new Promise<unknown>((resolve, reject) => {
      if (this.#failure) throw this.#failure.reason;
      this.#waiting = { look, silence: ms, resolve, reject };
      this.#listen();
    }).finally(() => (this.#waiting = undefined)) as Promise<Seen>;
  }

  #listen() {
    this.#callOff?.();
    const { clock } = this.#options;
    const waiting = this.#waiting;
    if (!waiting || this.#failure) return;
    const look = () => {
      const seen = waiting.look(this.#output.terminal.open);
      if (seen !== undefined) waiting.resolve(seen);
    };
    const answer = () => {
      if (this.#answer(this.#output.terminal.open)) return;
      this.#callOff = clock.after(waiting.silence - silence.question, () => this.#guard(look));
    };
    this.#callOff = clock.after(silence.question, () => this.#guard(answer));
  }

  #guard(act: () => void) {
    try {
      act();
    } catch (error) {
      this.fail(error);
    }
  }

  /** Answers a question of the device. Whether there was one. */
  #answer(open: string): boolean {
    const end = open.slice(-longestPrompt);
    if (!isShort(end)) return false;
    for (const { pattern, answer } of this.#options.dialect.questions ?? []) {
      const found = pattern.exec(end);
      if (!found || end.slice(found.index + found[0].length).trim() !== '') continue;
      const keys = typeof answer === 'string' ? answer : `${this.#login(answer)}\n`;
      this.#output.terminal.answered(end.length - found.index);
      this.#send(keys);
      return true;
    }
    return false;
  }

  #login({ login }: Exclude<Question['answer'], string>): string {
    const value = this.#options.login[login];
    if (this.#asked.has(login) || !value) throw new Problem('shellLogin');
    this.#asked.add(login);
    return value;
  }

  // A part of a configuration may be secret: of that only its kind is told.
  #stuck(cause: unknown): unknown {
    const open = this.#output.terminal.open.trim();
    const isQuestion = open.length < 100 && /more|press|continue|\[?y(es)?\/n|\?$/i.test(open);
    return cause instanceof Problem && cause.key === 'timeout' && isQuestion
      ? new Problem('unknownQuestion', cause.params)
      : cause;
  }

  /** A line for an error, without what the login has. */
  #harmless(line: string): string {
    const { password = '', enablePassword = '' } = this.#options.login;
    const hidden = [password, enablePassword].filter((secret) => secret !== '');
    const text = hidden.reduce((left, secret) => left.replaceAll(encode(secret), '…'), line);
    return foreignText(decode(text), 100);
  }
}

/** Whether a line may be a prompt or a question. */
function isShort(line: string): boolean {
  return line.length <= longestPrompt && line.trim() !== '';
}

function refuseNewPassword(open: string) {
  if (!isShort(open)) return;
  if (/(new|change|retype|expired)[^:]*password[^:]*:\s*$|password[^:]*expired/i.test(open)) {
    throw new Problem('newPassword');
  }
}

/** What stays of a prompt where a time or a count in it changes, and rights are gained. */
function shape(prompt: string): string {
  return prompt
    .trimEnd()
    .replace(/\d+/g, '0')
    .replace(/[#$%>]$/, '#');
}

function letters(prompt: string): string {
  return prompt.replace(/[^a-z]+/gi, '');
}
