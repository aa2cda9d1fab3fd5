import { hostname } from 'node:os';
import { generate } from 'selfsigned';

/** Browsers refuse certificates of servers that are valid for longer than 398 days; nobody needs this one for a week. */
const DAYS = 30;

/**
 * A certificate that no browser trusts by itself, made anew each time, for this machine's name and addresses.
 *
 * @param {readonly string[]} addresses
 * @returns {Promise<{ cert: string, key: string }>} PEM
 */
export async function selfSigned(addresses) {
  const name = hostname();
  const { cert, private: key } = await generate([{ name: 'commonName', value: name }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notAfterDate: new Date(Date.now() + DAYS * 86_400_000),
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'keyUsage', digitalSignature: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: name },
          { type: 2, value: 'localhost' },
          ...addresses.map((ip) => ({ type: /** @type {const} */ (7), ip })),
        ],
      },
    ],
  });
  return { cert, key };
}
