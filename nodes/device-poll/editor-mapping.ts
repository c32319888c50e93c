import type { EditorRED } from 'node-red';
import type { AccessConfig } from '../device-access/config.ts';
import { mappings } from '../protocols/json-http/mappings/index.ts';
import { FieldProblem, type Translate } from '../shared/problem.ts';
import { httpFields } from '../protocols/json-http/fields.ts';
import type { PollConfig } from './config.ts';

declare const RED: EditorRED;
// Node-RED's editor has it for its own dialogs.
declare const jsonata: (expression: string) => unknown;

const input = () => $('#node-input-mapping');

/** The mapping that the open dialog names now. */
export function chosenMapping(): Pick<PollConfig, 'mapping' | 'mappingType'> {
  return {
    mapping: input().typedInput('value'),
    mappingType: input().typedInput('type') as PollConfig['mappingType'],
  };
}

/** Checks a mapping. Throws a FieldProblem. */
export function checkMapping(value: unknown, type: unknown): void {
  if (type === 'vendor') httpFields.checks.mapping(value, { mappingType: type });
  if (type !== 'jsonata') return;
  try {
    jsonata(String(value));
  } catch (error) {
    const { message } = error as { message: string };
    throw new FieldProblem('mapping', 'expression', value, { reason: message });
  }
}

/** Makes the choice of a mapping; it shows while the chosen access needs one. */
export function chooseMapping(t: Translate): void {
  input().typedInput({
    typeField: '#node-input-mappingType',
    types: [
      { value: 'netmon', label: t('device-poll.mapping.netmon'), hasValue: false },
      {
        value: 'vendor',
        label: t('device-poll.mapping.vendor'),
        options: Object.entries(mappings).map(([value, { title }]) => ({ value, label: title })),
      },
      'jsonata',
    ],
  });
  const adapt = () => {
    $('#netmon-poll-mapping').toggle(needsMapping());
    hint(t);
  };
  $('#node-input-access').on('change', adapt);
  input().on('change', adapt);
  adapt();
}

/** Forgets a mapping that does not show, so that nothing hidden can be wrong. */
export function dropHiddenMapping(): void {
  if (!needsMapping()) input().typedInput('type', 'netmon');
}

function access(): AccessConfig | null {
  const id = String($('#node-input-access').val());
  return RED.nodes.node(id) as unknown as AccessConfig | null;
}

// The other protocols say themselves what each value means.
function needsMapping(): boolean {
  return (access()?.protocol ?? 'http') === 'http';
}

function hint(t: Translate): void {
  const { mapping, mappingType } = chosenMapping();
  const vendor = mappingType === 'vendor' ? mappings[mapping] : undefined;
  const texts = vendor
    ? access()?.url === vendor.access.url
      ? []
      : [t('device-poll.hint.access', { title: vendor.title, url: vendor.access.url })]
    : mappingType === 'jsonata'
      ? [t('device-poll.hint.mapping')]
      : [];
  const element = $('#netmon-poll-mapping-hint').text(texts.join(''));
  if (vendor)
    $('<a target="_blank" rel="noopener">')
      .attr('href', vendor.reference)
      .text(t('device-poll.hint.reference'))
      .appendTo(element.append(' '));
}
