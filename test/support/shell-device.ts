/** A device as a test wants it: data only, so that a test says all that its device does. */
export interface ShellScript {
  /** what comes first */
  banner?: string;
  prompt: string;
  /** what each command gives */
  answers: Record<string, string>;
  /** the prompt, the question and the password of more rights, which `enable` gives */
  enable?: { prompt: string; question: string; password: string };
  /** lines of a page, what stands at its end, and what takes that away again; `off` is the command for none */
  pager?: { lines: number; text: string; erase: string; off?: string };
  /** whether what is typed in is shown */
  echo?: boolean;
  /** a password too */
  echoesPasswords?: boolean;
  lineEnd?: string;
  /** what is asked before the first prompt, with the right answers */
  login?: readonly { question: string; answer: string }[];
}

/** A shell that plays a script. Keys go in, and what a terminal shows comes out. */
export class ShellDevice {
  readonly #script: ShellScript;
  readonly #show: (text: string) => void;
  #prompt: string;
  #typed = '';
  /** who takes the next line, if it is none of the prompt */
  #reader: ((line: string) => void) | undefined;
  /** what a pager still holds */
  #pages: string[] = [];
  #isPaging: boolean;

  constructor(script: ShellScript, show: (text: string) => void) {
    this.#script = script;
    this.#show = show;
    this.#prompt = script.prompt;
    this.#isPaging = script.pager !== undefined;
  }

  /** Shows what comes before anything is typed in. */
  begin(): void {
    this.#show(this.#ended(this.#script.banner ?? ''));
    this.#askLogin(0);
  }

  /** Takes keys. */
  type(keys: string): void {
    for (const key of keys) this.#key(key);
  }

  #askLogin(i: number): void {
    const asked = this.#script.login?.[i];
    this.#show(asked?.question ?? this.#prompt);
    if (!asked) return;
    this.#reader = (line) => {
      const isRight = line === asked.answer;
      if (!isRight) this.#show(this.#ended('% Login invalid\n'));
      this.#askLogin(isRight ? i + 1 : 0);
    };
  }

  #key(key: string): void {
    if (this.#pages.length > 0) {
      this.#turn();
      return;
    }
    const { echo = true, echoesPasswords = false } = this.#script;
    if (key !== '\n') {
      if (this.#reader ? echoesPasswords : echo) this.#show(key);
      this.#typed += key;
      return;
    }
    if (echo) this.#show(this.#ended('\n'));
    const line = this.#typed;
    this.#typed = '';
    const reader = this.#reader;
    this.#reader = undefined;
    if (reader) reader(line);
    else this.#run(line);
  }

  #run(command: string): void {
    const { enable, pager, answers } = this.#script;
    if (enable && command === 'enable') {
      this.#show(enable.question);
      this.#reader = (line) => {
        if (line === enable.password) this.#prompt = enable.prompt;
        else this.#show(this.#ended('% Access denied\n'));
        this.#show(this.#prompt);
      };
      return;
    }
    if (command === pager?.off) this.#isPaging = false;
    const unknown = command.trim() === '' ? '' : '% Invalid input\n';
    this.#pages = this.#paged(Object.hasOwn(answers, command) ? answers[command]! : unknown);
    this.#turn();
  }

  // The first page comes without a key.
  #turn(): void {
    const { pager } = this.#script;
    const page = this.#pages.shift();
    if (page !== undefined) this.#show(this.#ended(page));
    const [next] = this.#pages;
    this.#show(next === undefined ? this.#prompt : pager!.text);
    if (next !== undefined) this.#pages[0] = `${pager!.erase}${next}`;
  }

  #paged(text: string): string[] {
    const lines = this.#script.pager?.lines;
    if (!this.#isPaging || lines === undefined) return [text];
    const all = text.match(/.*\n|.+$/g) ?? [''];
    const pages: string[] = [];
    for (let i = 0; i < all.length; i += lines) pages.push(all.slice(i, i + lines).join(''));
    return pages;
  }

  #ended(text: string): string {
    return text.replace(/\n/g, this.#script.lineEnd ?? '\r\n');
  }
}
