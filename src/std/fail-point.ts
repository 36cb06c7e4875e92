/**
 * Named places where a fault can be injected. Production code calls `failPoint('room.step')` at each step that a
 * crash could interrupt; nothing happens unless a program armed a handler at start (see bin/arm-fail-points.ts).
 */
export type FailPointHandler = (point: string) => void | Promise<void>;

let handler: FailPointHandler | undefined;

export function armFailPoints(next: FailPointHandler | undefined): void {
  handler = next;
}

export async function failPoint(point: string): Promise<void> {
  if (handler) await handler(point);
}
