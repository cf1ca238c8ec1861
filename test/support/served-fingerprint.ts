import { connect } from 'node:tls';

/** Returns the SHA-256 fingerprint of the certificate that a port of this host serves. */
export const servedFingerprint = (port: number): Promise<string> =>
  new Promise((done, reject) => {
    const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false }, () => {
      done(socket.getPeerCertificate().fingerprint256);
      socket.end();
    });
    socket.once('error', reject);
  });
