import type { HttpFields } from '../fields.ts';

/**
 * How to read the interfaces of one vendor's HTTP API: what to ask for, and how its answer becomes
 * the document that device poll reads (docs/device-api.md).
 */
export interface VendorMapping {
  /** what people call the API; the same in every language */
  title: string;
  /** where its documentation is */
  reference: string;
  /** what to set in the device access */
  access: Pick<HttpFields, 'url' | 'authentication'> & Partial<HttpFields>;
  /** JSONata, from the answer to the document */
  expression: string;
}
