import * as check from '../shared/check.ts';
import { parseLabels } from '../shared/match/parse-filter.ts';
import { FieldProblem } from '../shared/problem.ts';
import { isBlank } from '../shared/text.ts';
import type { AlertManager, Changes, Selection } from './alert-manager.ts';
import { checkConfiguration, type Configuration } from './configuration.ts';
import type { Moment } from './moment.ts';
import { checkReceiver } from './route.ts';
import { checkSilence, checkSilences } from './silence.ts';
import { deviceNames } from './topology.ts';

/** What people and other flows may ask for, by `msg.command`. */
const commands = [
  ...(['acknowledge', 'unacknowledge', 'resolve', 'silence', 'expire', 'silences'] as const),
  ...(['alerts', 'parents', 'configure', 'export'] as const),
];

/** What a command brought about, and what is answered. */
export interface Outcome {
  changes?: Changes;
  answer: unknown;
}

export interface CommandOptions {
  manager: AlertManager;
  /** the configuration of the dialog: its receivers are all that there are */
  table: Configuration;
  at: Moment;
  newId: () => string;
}

/**
 * Runs a command. Throws a FieldProblem that names the field of the message.
 * @param payload what the command takes, see the help
 */
export function runCommand(
  command: unknown,
  payload: unknown,
  { manager, table, at, newId }: CommandOptions,
): Outcome {
  switch (check.oneOf('command', command, commands)) {
    case 'acknowledge': {
      const raw = check.object('payload', payload, [...selectionFields, 'by', 'comment']);
      const by = check.text('payload.by', raw.by, { max: 200 }).trim();
      const comment = isBlank(raw.comment) ? '' : check.text('payload.comment', raw.comment);
      const which = selection(raw);
      return counted(manager.acknowledge(which, { by, comment }, at));
    }
    case 'unacknowledge':
      return counted(manager.unacknowledge(selectionOf(payload), at));
    case 'resolve':
      return counted(manager.resolve(selectionOf(payload), at));
    case 'silence': {
      if (Array.isArray(payload)) {
        const silences = checkSilences('payload', payload, at.date, newId);
        return { changes: manager.silence(silences, at), answer: silences };
      }
      const silence = checkSilence('payload', payload, at.date, newId);
      return { changes: manager.silence([silence], at), answer: silence };
    }
    case 'expire': {
      const { id } = check.object('payload', payload, ['id']);
      const { silence, ...changes } = manager.expire('payload.id', id, at);
      return { changes, answer: silence };
    }
    case 'silences':
      return { answer: manager.silences(at) };
    case 'alerts':
      return { answer: manager.list(at) };
    case 'parents': {
      const learned = new Map<string, string[]>();
      for (const [device, parents] of Object.entries(check.object('payload', payload))) {
        learned.set(device, deviceNames(check.join('payload', device), parents));
      }
      const changes = manager.learnParents('payload', learned, at);
      return { changes, answer: { count: learned.size } };
    }
    case 'configure': {
      const configuration = payload === null ? table : changed(manager, table, payload);
      return { changes: manager.configure(configuration, at), answer: configuration.input };
    }
    case 'export':
      return {
        answer: {
          configuration: manager.configuration.input,
          silences: manager.silences(at).filter(({ state }) => state !== 'expired'),
        },
      };
  }
}

const selectionFields = ['fingerprints', 'fingerprint', 'matchers', 'group'];

function selectionOf(payload: unknown): Selection {
  return selection(check.object('payload', payload, selectionFields));
}

function selection(raw: Record<string, unknown>): Selection {
  const selected: Selection = {};
  if (!isBlank(raw.matchers)) {
    selected.matchers = parseLabels(
      'payload.matchers',
      check.text('payload.matchers', raw.matchers),
    );
  }
  if (!isBlank(raw.group)) {
    selected.group = check.text('payload.group', raw.group, { max: 10_000 });
  }
  const one = isBlank(raw.fingerprint) ? [] : [raw.fingerprint];
  const all =
    raw.fingerprints === undefined ? [] : check.array('payload.fingerprints', raw.fingerprints);
  if (one.length + all.length > 0) {
    selected.fingerprints = new Set(
      [...one, ...all].map((value) => check.text('payload.fingerprints', value)),
    );
  }
  if (Object.keys(selected).length === 0) throw new FieldProblem('payload', 'alertSelection', raw);
  return selected;
}

// What a message leaves out stays as it is. Receivers are outputs, which only the dialog can make.
function changed(manager: AlertManager, table: Configuration, payload: unknown): Configuration {
  const given = check.object('payload', payload);
  const input = { ...manager.configuration.input, ...given };
  const configuration = checkConfiguration('payload', input);
  for (const name of configuration.receivers) {
    checkReceiver('payload.receivers', name, table.receivers);
  }
  return configuration;
}

function counted({ count, ...changes }: Changes & { count: number }): Outcome {
  return { changes, answer: { count } };
}
