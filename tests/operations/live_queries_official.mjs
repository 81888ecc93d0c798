// SPDX-License-Identifier: MIT
// Prints the form that the vendor's pop-core posts for each call, one a line; run by live_queries_test.py.
// Source: npm package @alicloud/pop-core (see tests/standin/package.json).
// Data flow: {keyId, secret, nonce, time, version, cases: [[action, parameters]...]} on standard input -> bodies of POST.

import { readFileSync } from 'node:fs';
import http from 'node:http';
import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(path.resolve(process.argv[2], 'package.json'));
const PopCore = require('@alicloud/pop-core');
const { keyId, secret, nonce, time, version, cases } = JSON.parse(readFileSync(0, 'utf8'));

const server = http.createServer(async (request, response) => {
  const parts = [];
  for await (const part of request) parts.push(part);
  process.stdout.write(`${Buffer.concat(parts)}\n`);
  response.setHeader('Content-Type', 'application/json');
  response.end('{"RequestId":"1"}');
});
await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));

const client = new PopCore({
  endpoint: `http://127.0.0.1:${server.address().port}`, apiVersion: version, accessKeyId: keyId, accessKeySecret: secret,
});
// Without formatParams: false the client makes the first letter of isBatchMode and showList a capital.
const options = { method: 'POST', formatParams: false, timeout: 60000 };
for (const [action, parameters] of cases) {
  // The client's own time and nonce change with every call: parameters of the same names replace them.
  await client.request(action, { ...parameters, SignatureNonce: nonce, Timestamp: time }, options);
}
server.close();
