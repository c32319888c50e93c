import type { Temperature } from '../source.ts';
import { type Files, textIfAny } from './files.ts';

/** The host's sensors: those of /sys/class/hwmon, or the thermal zones where it has none. */
export async function readTemperatures(files: Files): Promise<Temperature[]> {
  const sensors = await hardwareMonitors(files);
  return withOwnNames(sensors.length > 0 ? sensors : await thermalZones(files));
}

async function hardwareMonitors(files: Files): Promise<Temperature[]> {
  const found: Temperature[] = [];
  const root = '/sys/class/hwmon';
  for (const monitor of (await namesIfAny(files, root)).sort(inOrder)) {
    const chip = (await textIfAny(files, `${root}/${monitor}/name`)) ?? monitor;
    for (const input of (await namesIfAny(files, `${root}/${monitor}`)).sort(inOrder)) {
      const sensor = /^(temp\d+)_input$/.exec(input)?.[1];
      if (sensor === undefined) continue;
      const value = await textIfAny(files, `${root}/${monitor}/${input}`);
      const label = await textIfAny(files, `${root}/${monitor}/${sensor}_label`);
      add(found, `${chip} ${label ?? sensor}`, value);
    }
  }
  return found;
}

async function thermalZones(files: Files): Promise<Temperature[]> {
  const found: Temperature[] = [];
  const root = '/sys/class/thermal';
  for (const zone of (await namesIfAny(files, root)).sort(inOrder)) {
    if (!zone.startsWith('thermal_zone')) continue;
    const type = await textIfAny(files, `${root}/${zone}/type`);
    add(found, type ?? zone, await textIfAny(files, `${root}/${zone}/temp`));
  }
  return found;
}

// Sensors that are not connected show values far outside of what hardware survives.
function add(found: Temperature[], sensor: string, milli: string | undefined) {
  const celsius = Number(milli ?? Number.NaN) / 1000;
  if (celsius > -60 && celsius < 200) found.push({ sensor, celsius });
}

// Two disks have two sensors of the same name.
function withOwnNames(sensors: Temperature[]): Temperature[] {
  const uses = new Map<string, number>();
  return sensors.map(({ sensor, celsius }) => {
    const use = (uses.get(sensor) ?? 0) + 1;
    uses.set(sensor, use);
    return { sensor: use === 1 ? sensor : `${sensor} #${use}`, celsius };
  });
}

async function namesIfAny(files: Files, directory: string): Promise<string[]> {
  return files.names(directory).catch(() => []);
}

function inOrder(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}
