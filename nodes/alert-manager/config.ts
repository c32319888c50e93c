import * as check from '../shared/check.ts';
import { FieldProblem } from '../shared/problem.ts';
import { setting, settings, unchecked, type Values } from '../shared/settings.ts';
import {
  configurationDefaults,
  type ConfigurationField,
  configurationFields,
  type ConfigurationInput,
  fieldChecks,
} from './configuration.ts';

/** Outputs behind that of the first receiver: the list of alerts, what a history keeps, the heartbeat. */
export const fixedOutputs = 3;

/** The output of the receiver with an index, from 0: a further one never moves those that are there. */
export function outputOf(receiver: number): number {
  return receiver === 0 ? 0 : receiver + fixedOutputs;
}

function field<Name extends ConfigurationField>(name: Name) {
  const parse = fieldChecks[name] as (field: string, value: unknown) => unknown;
  return setting(configurationDefaults[name], parse);
}

/** What alerts are handled by. */
export const alertManagerSettings = settings({
  name: unchecked(''),
  outputs: unchecked(1 + fixedOutputs),
  receivers: field('receivers'),
  groupBy: field('groupBy'),
  groupWait: field('groupWait'),
  groupInterval: field('groupInterval'),
  repeatInterval: field('repeatInterval'),
  escalateAfter: field('escalateAfter'),
  escalateTo: field('escalateTo'),
  routes: field('routes'),
  inhibitions: field('inhibitions'),
  parents: field('parents'),
  gateway: field('gateway'),
  neighbors: field('neighbors'),
  childGrace: field('childGrace'),
  maintenance: field('maintenance'),
  flapChanges: field('flapChanges'),
  flapWindow: field('flapWindow'),
  /** where people's browsers reach the flows' addresses, for links in mails; empty for none */
  address: setting('', checkAddress),
  /** s between heartbeats; 0 for none */
  heartbeat: setting(60, (name, value) => check.number(name, value, { min: 0, max: 86_400 })),
});

export type AlertManagerSettings = Values<typeof alertManagerSettings>;

function checkAddress(field: string, value: unknown): string {
  if (value === undefined || value === '') return '';
  const text = check.text(field, value, { max: 500 }).trim();
  const isAddress = /^https?:\/\/[^\s?#]+$/.test(text) && URL.canParse(text);
  if (!isAddress) throw new FieldProblem(field, 'link', value);
  return text.replace(/\/+$/, '');
}

/** The configuration in a node's settings. */
export function configurationIn(config: AlertManagerSettings): Partial<ConfigurationInput> {
  const entries = configurationFields.map((name) => [name, config[name]] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}
