# fish completion for restartcaster
complete -c restartcaster -f
complete -c restartcaster -n __fish_use_subcommand -a list -d 'list the studios: on air or idle, since when'
complete -c restartcaster -n '__fish_seen_subcommand_from list' -l watch -d 'look again and again until Ctrl-C'
complete -c restartcaster -n '__fish_seen_subcommand_from list' -l every -d 'between two looks of --watch (default 5)' -x
complete -c restartcaster -n '__fish_seen_subcommand_from list' -l json -d 'one object (below)'
complete -c restartcaster -n '__fish_seen_subcommand_from list' -l region -d 'the studio\'s region, e.g. cn-shanghai: is sent, and chooses the endpoint' -x -a 'ap-northeast-1 ap-southeast-1 ap-southeast-5 cn-beijing cn-north-2-gov-1 cn-qingdao cn-shanghai cn-shenzhen eu-central-1 me-central-1'
complete -c restartcaster -n '__fish_seen_subcommand_from list' -l endpoint -d 'scheme://host[:port] to call instead, e.g. http://127.0.0.1:8080' -x
complete -c restartcaster -n '__fish_seen_subcommand_from list' -l profile -d 'sign with the key of this profile of ~/.aliyun/config.json or' -x
complete -c restartcaster -n '__fish_seen_subcommand_from list' -l signature -d 'rpc-1.0 (default): HMAC-SHA1; acs3: ACS3-HMAC-SHA256, the vendor\'s current one' -x -a 'rpc-1.0 acs3'
complete -c restartcaster -n '__fish_seen_subcommand_from list' -l timeout -d 'for one exchange, e.g. 2.5 (default 30); at most 10 of it to connect' -x
complete -c restartcaster -n '__fish_seen_subcommand_from list' -l attempts -d 'at most so many requests for one call (default 8); 1: nothing is sent again' -x
complete -c restartcaster -n '__fish_seen_subcommand_from list' -l ca-file -d 'trust the authorities in this PEM file and no others; otherwise those of the' -r -F
complete -c restartcaster -n '__fish_seen_subcommand_from list' -l insecure-http -d 'send over plain http to another machine; to this one (localhost, 127.x.x.x, [::1])'
complete -c restartcaster -n '__fish_seen_subcommand_from list' -l help -d 'show the help of the command'
complete -c restartcaster -n __fish_use_subcommand -a status -d 'show studios with their scenes and streams'
complete -c restartcaster -n '__fish_seen_subcommand_from status' -l watch -d 'look again and again until Ctrl-C'
complete -c restartcaster -n '__fish_seen_subcommand_from status' -l every -d 'between two looks of --watch (default 5)' -x
complete -c restartcaster -n '__fish_seen_subcommand_from status' -l json -d 'one object (below)'
complete -c restartcaster -n '__fish_seen_subcommand_from status' -l region -d 'the studio\'s region, e.g. cn-shanghai: is sent, and chooses the endpoint' -x -a 'ap-northeast-1 ap-southeast-1 ap-southeast-5 cn-beijing cn-north-2-gov-1 cn-qingdao cn-shanghai cn-shenzhen eu-central-1 me-central-1'
complete -c restartcaster -n '__fish_seen_subcommand_from status' -l endpoint -d 'scheme://host[:port] to call instead, e.g. http://127.0.0.1:8080' -x
complete -c restartcaster -n '__fish_seen_subcommand_from status' -l profile -d 'sign with the key of this profile of ~/.aliyun/config.json or' -x
complete -c restartcaster -n '__fish_seen_subcommand_from status' -l signature -d 'rpc-1.0 (default): HMAC-SHA1; acs3: ACS3-HMAC-SHA256, the vendor\'s current one' -x -a 'rpc-1.0 acs3'
complete -c restartcaster -n '__fish_seen_subcommand_from status' -l timeout -d 'for one exchange, e.g. 2.5 (default 30); at most 10 of it to connect' -x
complete -c restartcaster -n '__fish_seen_subcommand_from status' -l attempts -d 'at most so many requests for one call (default 8); 1: nothing is sent again' -x
complete -c restartcaster -n '__fish_seen_subcommand_from status' -l ca-file -d 'trust the authorities in this PEM file and no others; otherwise those of the' -r -F
complete -c restartcaster -n '__fish_seen_subcommand_from status' -l insecure-http -d 'send over plain http to another machine; to this one (localhost, 127.x.x.x, [::1])'
complete -c restartcaster -n '__fish_seen_subcommand_from status' -l help -d 'show the help of the command'
complete -c restartcaster -n __fish_use_subcommand -a restart -d 'restart studios that are on air'
complete -c restartcaster -n '__fish_seen_subcommand_from restart' -l wait -d 'wait until each studio is on air again'
complete -c restartcaster -n '__fish_seen_subcommand_from restart' -l verify -d 'wait until the programme\'s stream is online too'
complete -c restartcaster -n '__fish_seen_subcommand_from restart' -l dry-run -d 'look, and show what would be sent and what would be refused; send nothing else'
complete -c restartcaster -n '__fish_seen_subcommand_from restart' -l no-look -d 'send without a look at the studio first, for a key without the permission'
complete -c restartcaster -n '__fish_seen_subcommand_from restart' -l yes -d 'do not ask; needed where nobody can be asked (standard input is no terminal)'
complete -c restartcaster -n '__fish_seen_subcommand_from restart' -l pace -d 'calls that begin in a second (default 10, the limit of an account), at most 100' -x
complete -c restartcaster -n '__fish_seen_subcommand_from restart' -l budget -d 'redis://host[:port]/name: keep the pace of all programs with this budget' -x
complete -c restartcaster -n '__fish_seen_subcommand_from restart' -l deadline -d 'for one studio in all, attempts and waits included (default 120; --timeout if longer)' -x
complete -c restartcaster -n '__fish_seen_subcommand_from restart' -l stop-after -d 'begin no new call after N studios that are not done' -x
complete -c restartcaster -n '__fish_seen_subcommand_from restart' -l audit -d 'append a line of JSON for each studio: who, when, before, after' -r -F
complete -c restartcaster -n '__fish_seen_subcommand_from restart' -l at -d 'begin at YYYY-MM-DDThh:mm:ssZ (UTC), after the look and the question' -x
complete -c restartcaster -n '__fish_seen_subcommand_from restart' -l json -d 'JSON Lines instead of text, for one studio too (below)'
complete -c restartcaster -n '__fish_seen_subcommand_from restart' -l region -d 'the studio\'s region, e.g. cn-shanghai: is sent, and chooses the endpoint' -x -a 'ap-northeast-1 ap-southeast-1 ap-southeast-5 cn-beijing cn-north-2-gov-1 cn-qingdao cn-shanghai cn-shenzhen eu-central-1 me-central-1'
complete -c restartcaster -n '__fish_seen_subcommand_from restart' -l endpoint -d 'scheme://host[:port] to call instead, e.g. http://127.0.0.1:8080' -x
complete -c restartcaster -n '__fish_seen_subcommand_from restart' -l profile -d 'sign with the key of this profile of ~/.aliyun/config.json or' -x
complete -c restartcaster -n '__fish_seen_subcommand_from restart' -l signature -d 'rpc-1.0 (default): HMAC-SHA1; acs3: ACS3-HMAC-SHA256, the vendor\'s current one' -x -a 'rpc-1.0 acs3'
complete -c restartcaster -n '__fish_seen_subcommand_from restart' -l timeout -d 'for one exchange, e.g. 2.5 (default 30); at most 10 of it to connect' -x
complete -c restartcaster -n '__fish_seen_subcommand_from restart' -l attempts -d 'at most so many requests for one call (default 8); 1: nothing is sent again' -x
complete -c restartcaster -n '__fish_seen_subcommand_from restart' -l ca-file -d 'trust the authorities in this PEM file and no others; otherwise those of the' -r -F
complete -c restartcaster -n '__fish_seen_subcommand_from restart' -l insecure-http -d 'send over plain http to another machine; to this one (localhost, 127.x.x.x, [::1])'
complete -c restartcaster -n '__fish_seen_subcommand_from restart' -l method -d 'post (default): parameters in a form; get: in the URL; post-query: POST, in the URL' -x -a 'get post post-query'
complete -c restartcaster -n '__fish_seen_subcommand_from restart' -l format -d 'json (default) or xml: what the service answers in' -x -a 'json xml'
complete -c restartcaster -n '__fish_seen_subcommand_from restart' -l retry -d 'certain (default): a call that may have run is not made again; at-most-once:' -x -a 'certain at-most-once'
complete -c restartcaster -n '__fish_seen_subcommand_from restart' -l help -d 'show the help of the command'
complete -c restartcaster -n __fish_use_subcommand -a start -d 'start studios, and wait until they are on air'
complete -c restartcaster -n '__fish_seen_subcommand_from start' -l pace -d 'calls that begin in a second (default 10, the limit of an account), at most 100' -x
complete -c restartcaster -n '__fish_seen_subcommand_from start' -l budget -d 'redis://host[:port]/name: keep the pace of all programs with this budget' -x
complete -c restartcaster -n '__fish_seen_subcommand_from start' -l deadline -d 'for one studio in all, attempts and waits included (default 120; --timeout if longer)' -x
complete -c restartcaster -n '__fish_seen_subcommand_from start' -l stop-after -d 'begin no new call after N studios that are not done' -x
complete -c restartcaster -n '__fish_seen_subcommand_from start' -l audit -d 'append a line of JSON for each studio: who, when, before, after' -r -F
complete -c restartcaster -n '__fish_seen_subcommand_from start' -l json -d 'JSON Lines instead of text, for one studio too (below)'
complete -c restartcaster -n '__fish_seen_subcommand_from start' -l region -d 'the studio\'s region, e.g. cn-shanghai: is sent, and chooses the endpoint' -x -a 'ap-northeast-1 ap-southeast-1 ap-southeast-5 cn-beijing cn-north-2-gov-1 cn-qingdao cn-shanghai cn-shenzhen eu-central-1 me-central-1'
complete -c restartcaster -n '__fish_seen_subcommand_from start' -l endpoint -d 'scheme://host[:port] to call instead, e.g. http://127.0.0.1:8080' -x
complete -c restartcaster -n '__fish_seen_subcommand_from start' -l profile -d 'sign with the key of this profile of ~/.aliyun/config.json or' -x
complete -c restartcaster -n '__fish_seen_subcommand_from start' -l signature -d 'rpc-1.0 (default): HMAC-SHA1; acs3: ACS3-HMAC-SHA256, the vendor\'s current one' -x -a 'rpc-1.0 acs3'
complete -c restartcaster -n '__fish_seen_subcommand_from start' -l timeout -d 'for one exchange, e.g. 2.5 (default 30); at most 10 of it to connect' -x
complete -c restartcaster -n '__fish_seen_subcommand_from start' -l attempts -d 'at most so many requests for one call (default 8); 1: nothing is sent again' -x
complete -c restartcaster -n '__fish_seen_subcommand_from start' -l ca-file -d 'trust the authorities in this PEM file and no others; otherwise those of the' -r -F
complete -c restartcaster -n '__fish_seen_subcommand_from start' -l insecure-http -d 'send over plain http to another machine; to this one (localhost, 127.x.x.x, [::1])'
complete -c restartcaster -n '__fish_seen_subcommand_from start' -l help -d 'show the help of the command'
complete -c restartcaster -n __fish_use_subcommand -a stop -d 'stop studios, and wait until they are idle'
complete -c restartcaster -n '__fish_seen_subcommand_from stop' -l yes -d 'do not ask; needed where nobody can be asked (standard input is no terminal)'
complete -c restartcaster -n '__fish_seen_subcommand_from stop' -l pace -d 'calls that begin in a second (default 10, the limit of an account), at most 100' -x
complete -c restartcaster -n '__fish_seen_subcommand_from stop' -l budget -d 'redis://host[:port]/name: keep the pace of all programs with this budget' -x
complete -c restartcaster -n '__fish_seen_subcommand_from stop' -l deadline -d 'for one studio in all, attempts and waits included (default 120; --timeout if longer)' -x
complete -c restartcaster -n '__fish_seen_subcommand_from stop' -l stop-after -d 'begin no new call after N studios that are not done' -x
complete -c restartcaster -n '__fish_seen_subcommand_from stop' -l audit -d 'append a line of JSON for each studio: who, when, before, after' -r -F
complete -c restartcaster -n '__fish_seen_subcommand_from stop' -l json -d 'JSON Lines instead of text, for one studio too (below)'
complete -c restartcaster -n '__fish_seen_subcommand_from stop' -l region -d 'the studio\'s region, e.g. cn-shanghai: is sent, and chooses the endpoint' -x -a 'ap-northeast-1 ap-southeast-1 ap-southeast-5 cn-beijing cn-north-2-gov-1 cn-qingdao cn-shanghai cn-shenzhen eu-central-1 me-central-1'
complete -c restartcaster -n '__fish_seen_subcommand_from stop' -l endpoint -d 'scheme://host[:port] to call instead, e.g. http://127.0.0.1:8080' -x
complete -c restartcaster -n '__fish_seen_subcommand_from stop' -l profile -d 'sign with the key of this profile of ~/.aliyun/config.json or' -x
complete -c restartcaster -n '__fish_seen_subcommand_from stop' -l signature -d 'rpc-1.0 (default): HMAC-SHA1; acs3: ACS3-HMAC-SHA256, the vendor\'s current one' -x -a 'rpc-1.0 acs3'
complete -c restartcaster -n '__fish_seen_subcommand_from stop' -l timeout -d 'for one exchange, e.g. 2.5 (default 30); at most 10 of it to connect' -x
complete -c restartcaster -n '__fish_seen_subcommand_from stop' -l attempts -d 'at most so many requests for one call (default 8); 1: nothing is sent again' -x
complete -c restartcaster -n '__fish_seen_subcommand_from stop' -l ca-file -d 'trust the authorities in this PEM file and no others; otherwise those of the' -r -F
complete -c restartcaster -n '__fish_seen_subcommand_from stop' -l insecure-http -d 'send over plain http to another machine; to this one (localhost, 127.x.x.x, [::1])'
complete -c restartcaster -n '__fish_seen_subcommand_from stop' -l help -d 'show the help of the command'
complete -c restartcaster -n __fish_use_subcommand -a wait -d 'wait until studios are on air or idle'
complete -c restartcaster -n '__fish_seen_subcommand_from wait' -l until -d 'on-air or idle' -x -a 'on-air idle'
complete -c restartcaster -n '__fish_seen_subcommand_from wait' -l pace -d 'calls that begin in a second (default 10, the limit of an account), at most 100' -x
complete -c restartcaster -n '__fish_seen_subcommand_from wait' -l budget -d 'redis://host[:port]/name: keep the pace of all programs with this budget' -x
complete -c restartcaster -n '__fish_seen_subcommand_from wait' -l deadline -d 'for one studio in all, attempts and waits included (default 120; --timeout if longer)' -x
complete -c restartcaster -n '__fish_seen_subcommand_from wait' -l stop-after -d 'begin no new call after N studios that are not done' -x
complete -c restartcaster -n '__fish_seen_subcommand_from wait' -l audit -d 'append a line of JSON for each studio: who, when, before, after' -r -F
complete -c restartcaster -n '__fish_seen_subcommand_from wait' -l json -d 'JSON Lines instead of text, for one studio too (below)'
complete -c restartcaster -n '__fish_seen_subcommand_from wait' -l region -d 'the studio\'s region, e.g. cn-shanghai: is sent, and chooses the endpoint' -x -a 'ap-northeast-1 ap-southeast-1 ap-southeast-5 cn-beijing cn-north-2-gov-1 cn-qingdao cn-shanghai cn-shenzhen eu-central-1 me-central-1'
complete -c restartcaster -n '__fish_seen_subcommand_from wait' -l endpoint -d 'scheme://host[:port] to call instead, e.g. http://127.0.0.1:8080' -x
complete -c restartcaster -n '__fish_seen_subcommand_from wait' -l profile -d 'sign with the key of this profile of ~/.aliyun/config.json or' -x
complete -c restartcaster -n '__fish_seen_subcommand_from wait' -l signature -d 'rpc-1.0 (default): HMAC-SHA1; acs3: ACS3-HMAC-SHA256, the vendor\'s current one' -x -a 'rpc-1.0 acs3'
complete -c restartcaster -n '__fish_seen_subcommand_from wait' -l timeout -d 'for one exchange, e.g. 2.5 (default 30); at most 10 of it to connect' -x
complete -c restartcaster -n '__fish_seen_subcommand_from wait' -l attempts -d 'at most so many requests for one call (default 8); 1: nothing is sent again' -x
complete -c restartcaster -n '__fish_seen_subcommand_from wait' -l ca-file -d 'trust the authorities in this PEM file and no others; otherwise those of the' -r -F
complete -c restartcaster -n '__fish_seen_subcommand_from wait' -l insecure-http -d 'send over plain http to another machine; to this one (localhost, 127.x.x.x, [::1])'
complete -c restartcaster -n '__fish_seen_subcommand_from wait' -l help -d 'show the help of the command'
complete -c restartcaster -n __fish_use_subcommand -a call -d 'call any RPC action and print the answer'
complete -c restartcaster -n '__fish_seen_subcommand_from call' -l version -d 'the version of the product\'s API (default 2016-11-01, ApsaraVideo Live)' -x
complete -c restartcaster -n '__fish_seen_subcommand_from call' -l query -d 'print one value of the answer, e.g. CasterList.Caster[0].CasterId' -x
complete -c restartcaster -n '__fish_seen_subcommand_from call' -l json -d 'a failure as an object on standard output (below); answers are JSON anyway'
complete -c restartcaster -n '__fish_seen_subcommand_from call' -l region -d 'the studio\'s region, e.g. cn-shanghai: is sent, and chooses the endpoint' -x -a 'ap-northeast-1 ap-southeast-1 ap-southeast-5 cn-beijing cn-north-2-gov-1 cn-qingdao cn-shanghai cn-shenzhen eu-central-1 me-central-1'
complete -c restartcaster -n '__fish_seen_subcommand_from call' -l endpoint -d 'scheme://host[:port] to call instead, e.g. http://127.0.0.1:8080' -x
complete -c restartcaster -n '__fish_seen_subcommand_from call' -l profile -d 'sign with the key of this profile of ~/.aliyun/config.json or' -x
complete -c restartcaster -n '__fish_seen_subcommand_from call' -l signature -d 'rpc-1.0 (default): HMAC-SHA1; acs3: ACS3-HMAC-SHA256, the vendor\'s current one' -x -a 'rpc-1.0 acs3'
complete -c restartcaster -n '__fish_seen_subcommand_from call' -l timeout -d 'for one exchange, e.g. 2.5 (default 30); at most 10 of it to connect' -x
complete -c restartcaster -n '__fish_seen_subcommand_from call' -l attempts -d 'at most so many requests for one call (default 8); 1: nothing is sent again' -x
complete -c restartcaster -n '__fish_seen_subcommand_from call' -l ca-file -d 'trust the authorities in this PEM file and no others; otherwise those of the' -r -F
complete -c restartcaster -n '__fish_seen_subcommand_from call' -l insecure-http -d 'send over plain http to another machine; to this one (localhost, 127.x.x.x, [::1])'
complete -c restartcaster -n '__fish_seen_subcommand_from call' -l method -d 'post (default), get or post-query' -x -a 'get post post-query'
complete -c restartcaster -n '__fish_seen_subcommand_from call' -l help -d 'show the help of the command'
complete -c restartcaster -n __fish_use_subcommand -a sign -d 'sign any RPC action; nothing is sent'
complete -c restartcaster -n '__fish_seen_subcommand_from sign' -l signature -d 'rpc-1.0 (default) or acs3. acs3 has the common parameters in headers' -x -a 'rpc-1.0 acs3'
complete -c restartcaster -n '__fish_seen_subcommand_from sign' -l show -d 'canonical: the canonical query; string-to-sign; signature: base64, acs3: hexadecimal' -x -a 'headers url form canonical canonical-request string-to-sign signature authorization json'
complete -c restartcaster -n '__fish_seen_subcommand_from sign' -l method -d 'get (default), post or post-query; with --show form it is post. rpc-1.0 has one' -x
complete -c restartcaster -n '__fish_seen_subcommand_from sign' -l endpoint -d 'scheme://host[:port] of the URL (default https://live.aliyuncs.com); acs3 signs it' -x
complete -c restartcaster -n '__fish_seen_subcommand_from sign' -l nonce -d 'the SignatureNonce (default: 128 random bits as a UUID)' -x
complete -c restartcaster -n '__fish_seen_subcommand_from sign' -l timestamp -d 'the Timestamp, YYYY-MM-DDThh:mm:ssZ in UTC (default: now)' -x
complete -c restartcaster -n '__fish_seen_subcommand_from sign' -l format -d 'the Format, json (default) or xml' -x
complete -c restartcaster -n '__fish_seen_subcommand_from sign' -l raw -d 'rpc-1.0: sign exactly the given parameters, add none; --method then takes any text'
complete -c restartcaster -n '__fish_seen_subcommand_from sign' -l help -d 'show the help of the command'
complete -c restartcaster -n __fish_use_subcommand -a explain -d 'say why a signature was refused'
complete -c restartcaster -n '__fish_seen_subcommand_from explain' -l ours -d 'the text that a signer of any kind signed: the string to sign, or the canonical' -r -F
complete -c restartcaster -n '__fish_seen_subcommand_from explain' -l method -d 'get, post or post-query (default: the method in the service\'s text)' -x -a 'get post post-query'
complete -c restartcaster -n '__fish_seen_subcommand_from explain' -l signature -d 'rpc-1.0 or acs3 (default: the scheme of the service\'s text)' -x -a 'rpc-1.0 acs3'
complete -c restartcaster -n '__fish_seen_subcommand_from explain' -l json -d 'one object: cause, name, offset ours, theirs, ours_hex, theirs_hex (the'
complete -c restartcaster -n '__fish_seen_subcommand_from explain' -l help -d 'show the help of the command'
complete -c restartcaster -n __fish_use_subcommand -a doctor -d 'check keys, network, clock and permissions'
complete -c restartcaster -n '__fish_seen_subcommand_from doctor' -l json -d 'one object (below)'
complete -c restartcaster -n '__fish_seen_subcommand_from doctor' -l region -d 'the studio\'s region, e.g. cn-shanghai: is sent, and chooses the endpoint' -x -a 'ap-northeast-1 ap-southeast-1 ap-southeast-5 cn-beijing cn-north-2-gov-1 cn-qingdao cn-shanghai cn-shenzhen eu-central-1 me-central-1'
complete -c restartcaster -n '__fish_seen_subcommand_from doctor' -l endpoint -d 'scheme://host[:port] to call instead, e.g. http://127.0.0.1:8080' -x
complete -c restartcaster -n '__fish_seen_subcommand_from doctor' -l profile -d 'sign with the key of this profile of ~/.aliyun/config.json or' -x
complete -c restartcaster -n '__fish_seen_subcommand_from doctor' -l signature -d 'rpc-1.0 (default): HMAC-SHA1; acs3: ACS3-HMAC-SHA256, the vendor\'s current one' -x -a 'rpc-1.0 acs3'
complete -c restartcaster -n '__fish_seen_subcommand_from doctor' -l timeout -d 'for one exchange, e.g. 2.5 (default 30); at most 10 of it to connect' -x
complete -c restartcaster -n '__fish_seen_subcommand_from doctor' -l attempts -d 'at most so many requests for one call (default 8); 1: nothing is sent again' -x
complete -c restartcaster -n '__fish_seen_subcommand_from doctor' -l ca-file -d 'trust the authorities in this PEM file and no others; otherwise those of the' -r -F
complete -c restartcaster -n '__fish_seen_subcommand_from doctor' -l insecure-http -d 'send over plain http to another machine; to this one (localhost, 127.x.x.x, [::1])'
complete -c restartcaster -n '__fish_seen_subcommand_from doctor' -l help -d 'show the help of the command'
complete -c restartcaster -n __fish_use_subcommand -a completion -d 'print the completion of a shell'
complete -c restartcaster -n '__fish_seen_subcommand_from completion' -l help -d 'show the help of the command'
complete -c restartcaster -n '__fish_seen_subcommand_from completion' -a 'bash zsh fish'
complete -c restartcaster -n __fish_use_subcommand -a help -d 'show this help, or that of a command'
complete -c restartcaster -n '__fish_seen_subcommand_from help' -l help -d 'show the help of the command'
complete -c restartcaster -n '__fish_seen_subcommand_from help' -a 'list status restart start stop wait call sign explain doctor completion help version'
complete -c restartcaster -n __fish_use_subcommand -a version -d 'show the version'
complete -c restartcaster -n '__fish_seen_subcommand_from version' -l help -d 'show the help of the command'
