/** What flow readings divide the traffic of an interface by; each has labels of its own. */
export const trafficSubjects = [
  'protocol',
  'application',
  'talker',
  'conversation',
  'as',
  'country',
] as const;
export type TrafficSubject = (typeof trafficSubjects)[number];

/** The value of a label that stands for all that is not among the largest. */
export const others = 'other';

/** The labels that tell a subject. */
export const subjectLabels: Record<TrafficSubject, readonly [string, ...string[]]> = {
  protocol: ['protocol'],
  application: ['application'],
  talker: ['talker'],
  conversation: ['source', 'destination'],
  as: ['as'],
  country: ['country'],
};

/** Whether a label tells what traffic is divided by. */
export function isSubjectLabel(label: string): boolean {
  return trafficSubjects.some((subject) => subjectLabels[subject].includes(label));
}

/** Metrics of flows: of an exporter's interfaces, but not of the exporter as a device. */
const flowMetrics = new Set(['flow_rate', 'flow_packets', 'flow_peers']);

export function isFlowMetric(metric: string): boolean {
  return flowMetrics.has(metric);
}

/** Whether a series of flows is what its collector has put together, because it is not among the largest. */
export function isRest(series: {
  metric: string;
  labels: Readonly<Record<string, string>>;
}): boolean {
  const { metric, labels } = series;
  if (!isFlowMetric(metric)) return false;
  return trafficSubjects.some((subject) =>
    subjectLabels[subject].every((label) => labels[label] === others),
  );
}

/** Whether a series of flows is a part of all traffic, which some labels tell from the others. */
export function isPart(series: {
  metric: string;
  labels: Readonly<Record<string, string>>;
}): boolean {
  return isFlowMetric(series.metric) && Object.keys(series.labels).some(isSubjectLabel);
}
