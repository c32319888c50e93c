// Regular expressions that a user may write, matched in time proportional to the text. JavaScript's
// own take exponential time on patterns such as (a+)+b, which would stop all of Node-RED.
// Method: Russ Cox, "Regular Expression Matching: the Virtual Machine Approach",
// https://swtch.com/~rsc/regexp/regexp2.html

type Test = (char: string) => boolean;
/** `next` and `or` are addresses to go on at; a step with `test` takes one character first. */
type Step = { test: Test; next: number } | { next: number; or: number };
/** Appends the steps of one part of a pattern. */
type Emit = (steps: Program) => void;

const maxSteps = 1000;
/** steps of the longest list of names with `*` */
const maxWildcardSteps = 20_000;
/** steps for each character that are taken for one text: half a second at the very most */
const maxWork = 1e7;

/** Whether a whole text fits the pattern. */
export type Matcher = (text: string) => boolean;

/**
 * Compiles a regular expression that must fit the whole text: characters, `.`, `[a-z]`, `\d \w \s`,
 * groups, `|`, and the repetitions `* + ? {2} {2,} {2,5}`. A text of millions of characters never fits.
 * Throws a SyntaxError on anything else, such as look-ahead and back-references.
 */
export function compilePattern(source: string): Matcher {
  return matcher(new Parser(source).parse(), maxSteps);
}

/** Compiles a text in which `*` stands for any characters. A text of millions of them never fits. */
export function compileWildcard(source: string): Matcher {
  const parts = Array.from(source, (c) => (c === '*' ? repeat(one(any), 0) : one(equals(c))));
  return matcher(sequence(parts), maxWildcardSteps);
}

function matcher(emit: Emit, max: number): Matcher {
  const steps = new Program(max);
  emit(steps);
  return (text) => steps.length * text.length <= maxWork && run(steps, text);
}

// Follows all ways through the pattern at once, so that no character is looked at twice by a step.
function run(steps: Step[], text: string): boolean {
  const seenAt = new Int32Array(steps.length + 1).fill(-1);
  let current: number[] = [];
  const reach = (into: number[], start: number, position: number) => {
    const open = [start];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (seenAt[at] === position) continue;
      seenAt[at] = position;
      const step = steps[at];
      if (step && 'or' in step) open.push(step.or, step.next);
      else into.push(at);
    }
  };
  reach(current, 0, 0);
  let position = 0;
  for (const char of text) {
    position++;
    const next: number[] = [];
    for (const at of current) {
      const step = steps[at];
      if (step && 'test' in step && step.test(char)) reach(next, step.next, position);
    }
    current = next;
  }
  return current.includes(steps.length);
}

const any: Test = () => true;
const digit: Test = (c) => c >= '0' && c <= '9';
const word: Test = (c) => /^\w$/.test(c);
const space: Test = (c) => /^\s$/.test(c);
const not =
  (test: Test): Test =>
  (c) =>
    !test(c);
const classes: Partial<Record<string, Test>> = {
  d: digit,
  w: word,
  s: space,
  D: not(digit),
  W: not(word),
  S: not(space),
};

const equals =
  (expected: string): Test =>
  (c) =>
    c === expected;

function one(test: Test): Emit {
  return (steps) => push(steps, { test, next: steps.length + 1 });
}

function sequence(parts: Emit[]): Emit {
  return (steps) => {
    for (const part of parts) part(steps);
  };
}

function either(left: Emit, right: Emit): Emit {
  return (steps) => {
    const split = { next: steps.length + 1, or: 0 };
    push(steps, split);
    left(steps);
    const leave = { next: 0, or: 0 };
    push(steps, leave);
    split.or = steps.length;
    right(steps);
    leave.next = leave.or = steps.length;
  };
}

function repeat(part: Emit, min: number, max = Infinity): Emit {
  return (steps) => {
    const start = steps.length;
    for (let i = 0; i < min; i++) {
      part(steps);
      if (steps.length === start) break; // an empty part, however often
    }
    if (max === Infinity) {
      const again = steps.length;
      const split = { next: again + 1, or: 0 };
      push(steps, split);
      part(steps);
      push(steps, { next: again, or: again });
      split.or = steps.length;
      return;
    }
    for (let i = min; i < max; i++) {
      const split = { next: steps.length + 1, or: 0 };
      push(steps, split);
      part(steps);
      split.or = steps.length;
    }
  };
}

/** The steps of a pattern, in a limited number. */
class Program extends Array<Step> {
  readonly max: number;

  constructor(max: number) {
    super();
    this.max = max;
  }
}

function push(steps: Program, step: Step) {
  if (steps.length >= steps.max) throw new SyntaxError('the pattern is too large');
  steps.push(step);
}

class Parser {
  /** its characters, none of them half of one */
  readonly #source: readonly string[];
  #at = 0;

  constructor(source: string) {
    // Anchors at the ends are what the whole text has anyway; an escaped $ is none.
    this.#source = Array.from(
      source.replace(/^\^/, '').replace(/(?<=(?:^|[^\\])(?:\\\\)*)\$$/, ''),
    );
  }

  parse(): Emit {
    const emit = this.#alternatives(0);
    if (this.#at < this.#source.length) this.#fail();
    return emit;
  }

  #alternatives(depth: number): Emit {
    if (depth > 20) this.#fail();
    let emit = this.#sequence(depth);
    while (this.#take('|')) emit = either(emit, this.#sequence(depth));
    return emit;
  }

  #sequence(depth: number): Emit {
    const parts: Emit[] = [];
    while (this.#at < this.#source.length && !'|)'.includes(this.#peek())) {
      parts.push(this.#repetition(this.#atom(depth)));
    }
    return sequence(parts);
  }

  #atom(depth: number): Emit {
    if (this.#take('(')) {
      if (this.#take('?') && !this.#take(':')) this.#fail();
      const emit = this.#alternatives(depth + 1);
      if (!this.#take(')')) this.#fail();
      return emit;
    }
    if (this.#take('[')) return one(this.#set());
    if (this.#take('.')) return one(any);
    if (this.#take('\\')) return one(this.#escape());
    if ('*+?{}^$]'.includes(this.#peek())) this.#fail();
    return one(equals(this.#next()));
  }

  #repetition(atom: Emit): Emit {
    if (this.#take('*')) return repeat(atom, 0);
    if (this.#take('+')) return repeat(atom, 1);
    if (this.#take('?')) return repeat(atom, 0, 1);
    if (!this.#take('{')) return atom;
    const [whole, min, comma, max] =
      /^(\d+)(,?)(\d*)\}/.exec(this.#source.slice(this.#at, this.#at + 20).join('')) ?? [];
    if (whole === undefined || (!comma && max)) this.#fail();
    this.#at += whole.length;
    const least = Number(min);
    const most = max ? Number(max) : comma ? Infinity : least;
    if (most < least) this.#fail();
    return repeat(atom, least, most);
  }

  #set(): Test {
    const negated = this.#take('^');
    const tests: Test[] = [];
    while (!this.#take(']')) {
      if (this.#take('\\')) {
        tests.push(this.#escape());
        continue;
      }
      const from = this.#next();
      if (this.#peek() === '-' && this.#source[this.#at + 1] !== ']') {
        this.#next();
        const to = this.#next();
        if (codeOf(to) < codeOf(from)) this.#fail();
        tests.push((c) => codeOf(c) >= codeOf(from) && codeOf(c) <= codeOf(to));
      } else {
        tests.push(equals(from));
      }
    }
    const test: Test = (c) => tests.some((t) => t(c));
    return negated ? not(test) : test;
  }

  #escape(): Test {
    const char = this.#next();
    const test = classes[char];
    if (!test && /[a-zA-Z0-9]/.test(char)) this.#fail();
    return test ?? equals(char);
  }

  #peek(): string {
    return this.#source[this.#at] ?? '';
  }

  #take(char: string): boolean {
    if (this.#peek() !== char) return false;
    this.#at++;
    return true;
  }

  #next(): string {
    if (this.#at >= this.#source.length) this.#fail();
    return this.#source[this.#at++]!;
  }

  #fail(): never {
    throw new SyntaxError(
      `unexpected at ${this.#at}: ${this.#source.slice(this.#at, this.#at + 20).join('')}`,
    );
  }
}

function codeOf(char: string): number {
  return char.codePointAt(0)!;
}
