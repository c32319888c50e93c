import type { Budget } from './budget.ts';
import type { TemplateField } from './fields.ts';
import { makeTemplate, type Template } from './template.ts';

/** templates that are kept of one observation domain; the largest exporters have some tens */
const mostTemplates = 500;

/** A template as it is kept over restarts. */
export interface KeptTemplate {
  id: number;
  isOptions: boolean;
  /** number and length of each field, and the enterprise of a vendor's own */
  fields: (readonly [id: number, length: number, enterprise?: number])[];
}

/** The templates of one observation domain of an exporter, by their numbers. */
export class Templates {
  readonly #templates = new Map<number, Template>();
  /** grows with each template that is new, or another than before */
  changes = 0;
  /** how many were refused */
  refused = 0;
  readonly #budget: Budget;

  /** @param budget fields that all templates share */
  constructor(budget: Budget) {
    this.#budget = budget;
  }

  get(id: number): Template | undefined {
    return this.#templates.get(id);
  }

  /** Takes a template as an exporter tells it. Returns whether it is new, or another than before. */
  set(id: number, isOptions: boolean, fields: readonly TemplateField[]): boolean {
    const before = this.#templates.get(id);
    if (before && before.isOptions === isOptions && areSame(before.fields, fields)) return false;
    const template = makeTemplate(id, isOptions, fields);
    // Data of the new form must not be read by the old one.
    this.withdraw(id);
    const isFull = this.#templates.size >= mostTemplates;
    if (!template || isFull || !this.#budget.take(fields.length)) {
      this.refused++;
      return false;
    }
    this.#templates.set(id, template);
    this.changes++;
    return true;
  }

  /** Forgets a template, as its exporter asks for (RFC 7011, section 8.1). */
  withdraw(id: number): void {
    const template = this.#templates.get(id);
    if (!template) return;
    this.#templates.delete(id);
    this.#budget.giveBack(template.fields.length);
    this.changes++;
  }

  withdrawAll(isOptions: boolean): void {
    for (const template of this.#templates.values()) {
      if (template.isOptions === isOptions) this.withdraw(template.id);
    }
  }

  kept(): KeptTemplate[] {
    return Array.from(this.#templates.values(), ({ id, isOptions, fields }) => ({
      id,
      isOptions,
      fields: fields.map((field) =>
        field.enterprise === undefined
          ? [field.id, field.length]
          : [field.id, field.length, field.enterprise],
      ),
    }));
  }
}

function areSame(a: readonly TemplateField[], b: readonly TemplateField[]): boolean {
  return (
    a.length === b.length &&
    a.every(
      ({ id, length, enterprise }, i) =>
        id === b[i]!.id && length === b[i]!.length && enterprise === b[i]!.enterprise,
    )
  );
}
