import type { EditorRED } from 'node-red';
import type { AccessConfig } from '../device-access/config.ts';
import { httpFields, type MappingFields } from '../protocols/json-http/fields.ts';
import { mappings } from '../protocols/json-http/mappings/index.ts';
import { checkSyntax } from '../shared/expression.ts';
import type { Translate } from '../shared/problem.ts';
import { oneLine } from '../shared/text.ts';
import { defaults, ownMapping, type PollConfig } from './config.ts';

declare const RED: EditorRED;
// Node-RED's editor has it for its own dialogs.
declare const jsonata: (expression: string) => unknown;

/** A node as the editor has it. */
interface Identified {
  id: string;
  type: string;
  changed?: boolean;
}
type PollNode = Identified & PollConfig;
type AccessNode = Identified & AccessConfig;

/** Checks a mapping of a device poll's own. Throws a FieldProblem. */
export function checkOwnMapping(mapping: unknown, { mappingType }: Partial<PollConfig>): void {
  const source = httpFields.checks.mapping(mapping, { mappingType: mappingType ?? 'netmon' });
  if (mappingType === 'jsonata') checkSyntax('mapping', source, jsonata);
}

/**
 * The mapping that a node has of its own, of a flow in which device polls chose it. Its dialog tells of it and
 * offers to move it to the device access or to remove it; either is done once the dialog is left with Done.
 */
export class OwnMapping {
  readonly #node: PollNode;
  readonly #t: Translate;
  #choice: 'keep' | 'move' | 'remove' = 'keep';

  constructor(node: PollNode, t: Translate) {
    this.#node = node;
    this.#t = t;
    $('#netmon-poll-mapping-move').on('click', () => this.#choose('move'));
    $('#netmon-poll-mapping-remove').on('click', () => this.#choose('remove'));
    $('#node-input-access').on('change', () => this.#show());
    this.#show();
  }

  /** What takes the place of the access's mapping. Undefined where nothing does. */
  get mapping(): MappingFields | undefined {
    return this.#choice === 'remove' ? undefined : ownMapping(this.#node);
  }

  /**
   * Does what was chosen.
   * @param node the one that is saved
   * @returns the change of the access, for the editor's history
   */
  save(node: PollConfig): object | undefined {
    const own = ownMapping(node);
    const access = accessNode();
    if (!own || this.#choice === 'keep' || (this.#choice === 'move' && !canMap(access))) {
      return undefined;
    }
    const { mapping, mappingType } = defaults;
    Object.assign(node, { mapping, mappingType });
    return this.#choice === 'move' ? change(access!, own) : undefined;
  }

  #choose(choice: 'move' | 'remove'): void {
    this.#choice = choice;
    this.#show();
  }

  #show(): void {
    const own = ownMapping(this.#node);
    $('#netmon-poll-mapping').toggle(own !== undefined);
    if (!own) return;
    const access = accessNode();
    if (this.#choice === 'move' && !canMap(access)) this.#choice = 'keep';
    $('#netmon-poll-mapping-move').toggle(this.#choice === 'keep' && canMap(access));
    $('#netmon-poll-mapping-remove').toggle(this.#choice === 'keep');
    $('#netmon-poll-mapping-text').text(this.#words(own, access));
  }

  #words(own: MappingFields, access: AccessNode | null): string {
    const word = (key: string, params?: Record<string, string>) =>
      this.#t(`device-poll.mapping.${key}`, params);
    if (this.#choice === 'remove') return word('removes');
    if (this.#choice === 'keep') return word('own', { mapping: title(own) });
    const texts = [word('moves', { access: RED.utils.getNodeLabel(access as never, access!.id) })];
    const others = otherPolls(this.#node.id, access!.id);
    if (others > 0) texts.push(word('others', { count: String(others) }));
    if (access!.mappingType !== undefined && access!.mappingType !== 'netmon') {
      texts.push(word('replaces', { mapping: title(access!) }));
    }
    return texts.join(' ');
  }
}

function accessNode(): AccessNode | null {
  const id = String($('#node-input-access').val());
  return RED.nodes.node(id) as unknown as AccessNode | null;
}

// The other protocols say themselves what each value means.
function canMap(access: AccessNode | null): boolean {
  return access?.protocol === 'http';
}

function title({ mapping, mappingType }: MappingFields): string {
  return mappingType === 'vendor' ? (mappings[mapping]?.title ?? mapping) : oneLine(mapping, 200);
}

// Those with a mapping of their own keep it.
function otherPolls(id: string, access: string): number {
  let count = 0;
  RED.nodes.eachNode((node) => {
    const other = node as unknown as PollNode;
    const isOther = other.type === 'netmon-device-poll' && other.id !== id;
    if (isOther && other.access === access && !ownMapping(other)) count++;
    return true;
  });
  return count;
}

function change(access: AccessNode, own: MappingFields): object {
  const { mapping, mappingType, changed } = access;
  Object.assign(access, own, { changed: true, dirty: true });
  RED.editor.validateNode(access);
  RED.events.emit('nodes:change', access);
  return { t: 'edit', node: access, changes: { mapping, mappingType }, changed };
}
