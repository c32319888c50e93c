import type { WebFields } from '../../web/fields.ts';

/**
 * How to read the interfaces of one vendor's HTTP API: what to ask for, and how its answer becomes
 * the document of docs/device-api.md.
 */
export interface VendorMapping {
  /** what people call the API; the same in every language */
  title: string;
  /** where its documentation is */
  reference: string;
  /** what to set in the device access */
  access: Pick<WebFields, 'url' | 'authentication'> & Partial<WebFields> & { body?: string };
  /** JSONata, from the answer to the document */
  expression: string;
}
