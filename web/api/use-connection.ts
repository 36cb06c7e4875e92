import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { type Connection, openEventStream } from './events.ts';

/** Keeps the stream of events open while the component is shown, and says how it is. */
export function useConnection(): Connection {
  const queries = useQueryClient();
  const [connection, setConnection] = useState<Connection>('connecting');
  useEffect(() => {
    const stream = openEventStream(queries);
    const stopListening = stream.subscribe(() => setConnection(stream.connection()));
    return () => {
      stopListening();
      stream.stop();
    };
  }, [queries]);
  return connection;
}
