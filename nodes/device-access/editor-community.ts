import type { AccessConfig } from './config.ts';

/** what most devices have for reading, until somebody sets another one */
const usual = 'public';

/**
 * Fills the usual community into a new access while it asks for one, so that nothing need be typed for most
 * devices. It goes again where the field becomes that of another secret.
 */
export function offerCommunity(typed: () => AccessConfig): void {
  const secret = $('#node-config-input-secret');
  const adapt = () => {
    const { protocol, snmpVersion } = typed();
    const isAsked = protocol === 'snmp' && snmpVersion !== '3';
    if (isAsked && secret.val() === '') secret.val(usual).trigger('change');
    if (!isAsked && secret.val() === usual) secret.val('').trigger('change');
  };
  $('#node-config-input-protocol, #node-config-input-snmpVersion').on('change', adapt);
  adapt();
}
