import { fieldSets } from '../protocols/fields.ts';
import type { MappingFields } from '../protocols/json-http/fields.ts';
import { mappings } from '../protocols/json-http/mappings/index.ts';
import type { Translate } from '../shared/problem.ts';
import type { AccessConfig } from './config.ts';

const input = (name: string) => $(`#node-config-input-${name}`);

/** Makes the choice of how answers are read, which fills in what a vendor's API needs. */
export function chooseMapping(t: Translate, typed: () => AccessConfig): void {
  input('mapping').typedInput({
    typeField: '#node-config-input-mappingType',
    types: [
      { value: 'netmon', label: t('device-access.mapping.netmon'), hasValue: false },
      {
        value: 'vendor',
        label: t('device-access.mapping.vendor'),
        options: Object.entries(mappings).map(([value, { title }]) => ({ value, label: title })),
      },
      'jsonata',
    ],
  });
  let before = vendorOf(typed());
  // It also changes where a dialog is filled in, which chooses nothing.
  input('mapping').on('change', () => {
    const now = vendorOf(typed());
    if (now === before) return;
    before = now;
    fillIn(typed());
  });
}

/** Fills in what is chosen needs, in the place of an address that nobody typed. */
export function fillIn(values: AccessConfig): void {
  const { defaults } = fieldSets[values.protocol];
  if (!('url' in defaults) || !isOffered(values)) return;
  const { access } = vendorOf(values) ?? { access: { url: defaults.url } };
  const isOther = Object.values(mappings).some(({ access }) => access.body === values.body);
  for (const [name, value] of Object.entries({ ...(isOther && { body: '' }), ...access })) {
    if (input(name).val() !== value) input(name).val(String(value)).trigger('change');
  }
}

/** Says what the chosen mapping expects. */
export function showMappingHint(values: AccessConfig, t: Translate): void {
  const vendor = vendorOf(values);
  const element = $('#netmon-access-mapping-hint').empty();
  if (vendor && values.url !== vendor.access.url) {
    const { title, access } = vendor;
    element.text(t('device-access.hint.mappingUrl', { title, url: access.url }));
  }
  if (values.mappingType === 'jsonata') element.text(t('device-access.hint.mapping'));
  if (vendor) {
    $('<a target="_blank" rel="noopener">')
      .attr('href', vendor.reference)
      .text(t('device-access.hint.reference'))
      .appendTo(element.append(' '));
  }
}

function vendorOf(values: Pick<AccessConfig, 'protocol'> & MappingFields) {
  const { protocol, mappingType, mapping } = values;
  const isVendor = protocol === 'http' && mappingType === 'vendor';
  return isVendor ? mappings[mapping] : undefined;
}

// Whether the address is that of a protocol or of a vendor. An own expression may read a vendor's.
function isOffered({ url, mappingType }: AccessConfig): boolean {
  const ofProtocols = Object.values(fieldSets).map(({ defaults }) =>
    'url' in defaults ? defaults.url : undefined,
  );
  const ofVendors = Object.values(mappings).map(({ access }) => access.url);
  return ofProtocols.includes(url) || (mappingType !== 'jsonata' && ofVendors.includes(url));
}
