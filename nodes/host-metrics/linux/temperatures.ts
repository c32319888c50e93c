import { type Sensor, usableSensors } from '../../shared/host/temperature.ts';
import type { Temperature } from '../source.ts';
import { type Files, textIfAny } from './files.ts';

/** The host's sensors: those of /sys/class/hwmon, or the thermal zones where it has none. */
export async function readTemperatures(files: Files): Promise<Temperature[]> {
  const sensors = await hardwareMonitors(files);
  return usableSensors(sensors.length > 0 ? sensors : await thermalZones(files));
}

async function hardwareMonitors(files: Files): Promise<Sensor[]> {
  const found: Sensor[] = [];
  const root = '/sys/class/hwmon';
  for (const monitor of (await namesIfAny(files, root)).sort(inOrder)) {
    const chip = (await textIfAny(files, `${root}/${monitor}/name`)) ?? monitor;
    for (const input of (await namesIfAny(files, `${root}/${monitor}`)).sort(inOrder)) {
      const sensor = /^(temp\d+)_input$/.exec(input)?.[1];
      if (sensor === undefined) continue;
      const value = await textIfAny(files, `${root}/${monitor}/${input}`);
      const label = await textIfAny(files, `${root}/${monitor}/${sensor}_label`);
      const fault = await textIfAny(files, `${root}/${monitor}/${sensor}_fault`);
      add(
        found,
        {
          sensor: `${chip} ${label ?? sensor}`,
          ...(label !== undefined && { own: sensor }),
          faulty: fault === '1',
        },
        value,
      );
    }
  }
  return found;
}

async function thermalZones(files: Files): Promise<Sensor[]> {
  const found: Sensor[] = [];
  const root = '/sys/class/thermal';
  for (const zone of (await namesIfAny(files, root)).sort(inOrder)) {
    if (!zone.startsWith('thermal_zone')) continue;
    const type = await textIfAny(files, `${root}/${zone}/type`);
    add(found, { sensor: type ?? zone }, await textIfAny(files, `${root}/${zone}/temp`));
  }
  return found;
}

function add(found: Sensor[], sensor: Omit<Sensor, 'celsius'>, milli: string | undefined) {
  if (milli !== undefined && milli !== '') found.push({ ...sensor, celsius: Number(milli) / 1000 });
}

async function namesIfAny(files: Files, directory: string): Promise<string[]> {
  return files.names(directory).catch(() => []);
}

function inOrder(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}
