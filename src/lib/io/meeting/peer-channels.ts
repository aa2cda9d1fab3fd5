import { handedOver, type HandOver } from './hand-over';
import type { PeerConnection } from './meeting';

/** Streams of our channels; y-webrtc's own one takes 0 or 1. */
const SYNC_STREAM = 10;
const BLOBS_STREAM = 11;

/**
 * Opens the two channels of a connection that was made in this task. Both ends open them alike, so nothing has to be announced.
 *
 * @param id of the connection
 */
export function openChannels(connection: RTCPeerConnection, id: string, handOver: HandOver): PeerConnection {
  const open = (label: string, stream: number) =>
    handedOver(connection.createDataChannel(label, { negotiated: true, id: stream }), handOver);
  return { id, sync: open('sync', SYNC_STREAM), blobs: open('blobs', BLOBS_STREAM) };
}
