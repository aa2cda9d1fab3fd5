import { LOW_WATER } from '../sync/channel';
import type { RelayNotice } from './meeting';

/** How a channel gets to the worker: itself, or by a port over which the page relays its bytes. */
export type HandOver = 'transfer' | 'relay';

/** What this browser can do: Chromium and Safari transfer data channels, Firefox does not yet. */
export function bestHandOver(): HandOver {
  const probe = new RTCPeerConnection();
  const { port1, port2 } = new MessageChannel();
  try {
    const channel = probe.createDataChannel('');
    port1.postMessage(channel, [channel]);
    return 'transfer';
  } catch {
    return 'relay';
  } finally {
    port1.close();
    port2.close();
    probe.close();
  }
}

/** What to send to the worker for a channel that was made just now. */
export function handedOver(channel: RTCDataChannel, way: HandOver): RTCDataChannel | MessagePort {
  return way === 'transfer' ? channel : relay(channel);
}

/** Passes frames between a channel and the port that it gives, and tells the port how far sending has got. */
function relay(channel: RTCDataChannel): MessagePort {
  const { port1: port, port2: given } = new MessageChannel();
  let received = 0;
  const tell = (notice: RelayNotice) => port.postMessage(notice);
  const report = () => {
    const { bufferedAmount } = channel;
    // Once below the mark, the end of sending is told too.
    channel.bufferedAmountLowThreshold = bufferedAmount > LOW_WATER ? LOW_WATER : 0;
    tell({ sent: received - bufferedAmount });
  };

  channel.binaryType = 'arraybuffer';
  channel.onopen = () => tell('open');
  channel.onbufferedamountlow = report;
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (data instanceof ArrayBuffer) port.postMessage(data, [data]);
    else channel.close();
  };
  channel.onclose = () => {
    tell('closed');
    port.close();
  };
  port.onmessage = ({ data }: MessageEvent<unknown>) => {
    // Whatever is no frame is the order to close.
    if (!(data instanceof Uint8Array)) channel.close();
    else if (channel.readyState === 'open') {
      received += data.length;
      try {
        channel.send(data as Uint8Array<ArrayBuffer>);
        report();
      } catch {
        channel.close();
      }
    }
  };
  return given;
}
