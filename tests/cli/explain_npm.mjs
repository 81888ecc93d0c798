// SPDX-License-Identifier: MIT
// What the vendor's npm clients sign, and how they show a refusal: one JSON object per client on standard output.
// Source: npm packages @alicloud/pop-core, @alicloud/openapi-client (see ../standin/package.json).
// Run by cli_explain_test.py: node explain_npm.mjs FOLDER_OF_NODE_MODULES CLIENT URL KEY_ID SECRET STUDIO
// The text that is signed is what the client gives to Node's own HMAC or hash, whatever the client calls its functions.

import { createRequire } from 'node:module';
import path from 'node:path';

const [folder, which, url, keyId, secret, studio] = process.argv.slice(2);
const require = createRequire(path.resolve(folder, 'package.json'));
const crypto = require('crypto');
const texts = [];
for (const name of ['createHmac', 'createHash']) {
  const make = crypto[name];
  crypto[name] = (...from) => {
    const hash = make.apply(crypto, from);
    const update = hash.update;
    hash.update = (text, ...more) => {
      texts.push(String(text));
      return update.call(hash, text, ...more);
    };
    return hash;
  };
}

const clients = {
  async 'pop-core'() {
    const PopCore = require('@alicloud/pop-core');
    const client = new PopCore({ endpoint: url, apiVersion: '2016-11-01', accessKeyId: keyId, accessKeySecret: secret });
    await client.request('RestartCaster', { CasterId: studio }, { method: 'POST' });
  },
  async 'openapi-client'() {
    const { default: Client, Config, Params, OpenApiRequest } = require('@alicloud/openapi-client');
    const { RuntimeOptions } = require('@alicloud/tea-util');
    const endpoint = url.split('//')[1];
    const client = new Client(new Config({ accessKeyId: keyId, accessKeySecret: secret, endpoint, protocol: 'HTTP' }));
    await client.callApi(new Params({ version: '2016-11-01', protocol: 'HTTP', pathname: '/', method: 'POST',
      authType: 'AK', style: 'RPC', reqBodyType: 'formData', bodyType: 'json', action: 'RestartCaster' }),
    new OpenApiRequest({ query: { CasterId: studio } }), new RuntimeOptions({}));
  },
};

try {
  await clients[which]();
  console.log(JSON.stringify({ refusal: '', texts }));
} catch (error) {
  console.log(JSON.stringify({ refusal: String(error.stack), texts }));
}
