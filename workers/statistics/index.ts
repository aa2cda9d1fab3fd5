import { expose } from 'comlink';
import { Statistics } from './statistics';

/** The page sends the port that the project worker asks over. */
addEventListener('message', ({ ports: [port] }) => {
  if (port) expose(new Statistics(), port);
});
