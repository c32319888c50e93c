import * as check from '../check.ts';
import type { Exporter, FlowFormat } from './exporter.ts';
import type { TemplateField } from './fields.ts';
import type { KeptTemplate } from './templates.ts';

/** Templates as they are kept: by exporter, domain and number. */
export type KeptTemplates = { address: string; domains: KeptDomain[] }[];

interface KeptDomain {
  format: FlowFormat;
  number: number;
  templates: KeptTemplate[];
}

const formats = ['NetFlow v9', 'IPFIX'] as const;

/** What is to be kept of an exporter. */
export function keepTemplates({ address, domains }: Exporter): KeptTemplates[number] {
  return {
    address,
    domains: Array.from(domains, ([key, { templates }]) => {
      const [, format, number] = /^(.*) (\d+)$/.exec(key)!;
      return { format: format as FlowFormat, number: Number(number), templates: templates.kept() };
    }).filter(({ templates }) => templates.length > 0),
  };
}

export function restoreTemplates(exporter: Exporter, kept: { domains: KeptDomain[] }): void {
  for (const { format, number, templates } of kept.domains) {
    const domain = exporter.domain(format, number);
    for (const { id, isOptions, fields } of templates) {
      domain?.templates.set(id, isOptions, fields.map(toField));
    }
  }
  // It has not sent anything yet.
  exporter.formats.clear();
}

function toField([id, length, enterprise]: KeptTemplate['fields'][number]): TemplateField {
  return enterprise === undefined ? { id, length } : { id, length, enterprise };
}

/** Takes what a state file has. Throws a FieldProblem where it is none. */
export function toKeptTemplates(field: string, value: unknown): KeptTemplates {
  const integer = (where: string, given: unknown, max: number) =>
    check.number(where, given, { min: 0, max, integer: true });
  return check.array(field, value).map((one, i) => {
    const where = `${field}[${i}]`;
    const raw = check.object(where, one);
    return {
      address: check.text(`${where}.address`, raw.address),
      domains: check.array(`${where}.domains`, raw.domains).map((each) => {
        const { format, number, templates } = check.object(where, each);
        return {
          format: check.oneOf(where, format, formats),
          number: integer(where, number, 2 ** 32),
          templates: check.array(where, templates).map((template) => {
            const { id, isOptions, fields } = check.object(where, template);
            return {
              id: integer(where, id, 65535),
              isOptions: check.boolean(where, isOptions),
              fields: check
                .array(where, fields)
                .map(
                  (entry) =>
                    check
                      .array(where, entry)
                      .map((n) =>
                        integer(where, n, 2 ** 32),
                      ) as unknown as KeptTemplate['fields'][number],
                ),
            };
          }),
        };
      }),
    };
  });
}
