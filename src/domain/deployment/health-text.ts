/** How healthy a deployment was seen to be, as the wire tells it. */
interface SeenHealth {
  readonly best: string;
  readonly worst: string;
  readonly minutesHealthy: number;
}

const spanText = (minutes: number): string => {
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h`;
  return `${Math.floor(minutes / (24 * 60))} days`;
};

/** `best Healthy for 4 h, worst Degraded`: the health of one deployment over all that was seen of it, in a line. */
export function healthText({ best, worst, minutesHealthy }: SeenHealth): string {
  if (best !== 'Healthy')
    return best === worst ? `never better than ${best}` : `best ${best}, worst ${worst}`;
  const healthy = `Healthy for ${spanText(minutesHealthy)}`;
  return worst === 'Healthy' ? healthy : `best ${healthy}, worst ${worst}`;
}
