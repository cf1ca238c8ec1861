import { z } from 'zod';
import { RequestResponse } from '../../../contract/api/requests.ts';
import type { Handler } from '../../handler.ts';
import { connect } from '../../remote/find-connection.ts';
import { REMOTE_ERRORS } from '../../remote/remote-errors.ts';
import { findRequest, requestLines } from '../../remote/requests.ts';

const Approval = z.object({ fingerprint: z.string().optional() });
const Rejection = z.object({ reason: z.string() });

/** With or without `SHA256:` and colons, in any case. */
const hexOf = (fingerprint: string): string =>
  fingerprint
    .toLowerCase()
    .replace(/^sha-?256[:=]/, '')
    .replaceAll(/[:\s]/g, '');

/** `dashboard request approve` */
export const approve: Handler = async (flags, [word = ''], { runtime, signal }) => {
  const { fingerprint } = Approval.parse(flags);
  const api = await connect(flags, runtime, signal);
  const found = await findRequest(api, word, 'pending');
  if (fingerprint !== undefined && hexOf(fingerprint) !== found.public_key_sha256) {
    throw REMOTE_ERRORS.notFound({
      what: `The key of the request for ${found.name} has another fingerprint: ${found.public_key_sha256}.`,
      advice: 'Approve nothing before whoever generated the key has confirmed its fingerprint.',
    });
  }
  const { request } = await api.call(RequestResponse, {
    method: 'POST',
    path: `/requests/${found.id}/approve`,
    body: { version: found.version },
  });
  return {
    data: { state: 'approved', request },
    lines: [
      ...requestLines(request),
      `Certificate: ${request.serial ?? ''}, until ${request.not_after ?? ''}`,
      ...(request.package_command === undefined ? [] : ['At the holder:', request.package_command]),
    ],
  };
};

/** `dashboard request reject` */
export const reject: Handler = async (flags, [word = ''], { runtime, signal }) => {
  const { reason } = Rejection.parse(flags);
  const api = await connect(flags, runtime, signal);
  const { id, version } = await findRequest(api, word, 'pending');
  const { request } = await api.call(RequestResponse, {
    method: 'POST',
    path: `/requests/${id}/reject`,
    body: { version, reason },
  });
  return { data: { state: 'rejected', request }, lines: [`Rejected: ${request.name} – ${reason}`] };
};
