import { createHash } from 'node:crypto';

import MimeNode from 'nodemailer/lib/mime-node';
import { encode, wrap } from 'nodemailer/lib/qp';

import type { Deliverable, Email } from '../artifact.ts';
import { flowedText } from './wrap-text.ts';

// A group without members (RFC 5322 section 3.4), which the library leaves out: the mail system fills in each reader.
const TO_NOBODY_YET = 'To: undisclosed-recipients:;';

/**
 * Gives `email` as an Internet message: multipart/alternative, plain text first, both parts quoted-printable. It has no Date:
 * who submits it adds one (RFC 6409 section 8.1), and until then it opens as a draft. Boundary and Message-ID come from the
 * content, so the same email is the same bytes.
 *
 * @see RFC 5322 (headers), RFC 2045 and 2046 (parts), RFC 3676 (flowed text), RFC 2047 (encoded words), RFC 2369 and 8058 (List-Unsubscribe)
 */
export function message(email: Email, sender: Deliverable['sender']): string {
  // When it goes out and why is no part of the message.
  const { purpose: _purpose, segmentName: _name, send: _send, ...content } = email;
  const digest = createHash('sha256')
    .update(JSON.stringify([sender, content]))
    .digest('hex');
  const root = new MimeNode('multipart/alternative', {
    baseBoundary: digest.slice(0, 24),
    boundaryPrefix: 'phasegate',
  });
  root.setHeader([
    { key: 'From', value: { name: sender.name, address: sender.email } },
    { key: 'Subject', value: email.subject },
    { key: 'Message-ID', value: `<${digest.slice(0, 32)}@${domainOf(sender.email)}>` },
    { key: 'List-Unsubscribe', value: { value: '<{{unsubscribe_url}}>', prepared: true } },
    {
      key: 'List-Unsubscribe-Post',
      value: { value: 'List-Unsubscribe=One-Click', prepared: true },
    },
    { key: 'Content-Language', value: email.language },
    { key: 'X-Unsent', value: '1' },
  ]);
  const parts = [
    part(root, 'text/plain; format=flowed', flowedText(email.text)),
    part(root, 'text/html', email.html),
  ];
  const headers = root
    .buildHeaders()
    .split('\r\n')
    .filter((line) => !line.startsWith('Date:'));
  const boundary = `--${String(root.boundary)}`;
  return [
    TO_NOBODY_YET,
    ...headers,
    '',
    ...parts.flatMap((lines) => [boundary, lines]),
    `${boundary}--`,
    '',
  ].join('\r\n');
}

function part(root: MimeNode, type: string, content: string): string {
  const node = root.createChild(`${type}; charset=utf-8`);
  node.setHeader('Content-Transfer-Encoding', 'quoted-printable');
  return `${node.buildHeaders()}\r\n\r\n${wrap(encode(content.replace(/\r?\n/gu, '\r\n')))}`;
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1);
}
