// SPDX-License-Identifier: MIT
// restartcaster: signs Alibaba Cloud RPC calls, such as RestartCaster of ApsaraVideo Live, and reads the answers.
// Source: docs/design.md.
// Data flow:
//
//   operation -> canonical query -> string to sign -> signature -> request
//                                                                     |
//                                                         == your transport ==
//                                                                     |
//                           reply  <-  error or success  <-  reader  <-  response
//
// Two pure functions: make_request turns an operation, a key, a time and a nonce into bytes; read_reply turns bytes into
// a reply. The network between them is the user's. The library does not allocate, throw, print, read a clock or keep
// state; the headers in restartcaster/hosted/, which need an operating system, may.
#ifndef RESTARTCASTER_HPP
#define RESTARTCASTER_HPP
#pragma once

#include "restartcaster/version.hpp"
#include "restartcaster/config.hpp"

#include "restartcaster/operations/restart_caster.hpp"
#include "restartcaster/operations/action.hpp"
#include "restartcaster/sign/nonce.hpp"
#include "restartcaster/sign/rpc_v1.hpp"
#include "restartcaster/sign/acs3.hpp"
#include "restartcaster/operations/make_request.hpp"
#include "restartcaster/message/transport.hpp"
#include "restartcaster/read/reply.hpp"
#include "restartcaster/read/at.hpp"
#include "restartcaster/read/describe.hpp"
#include "restartcaster/read/names.hpp"
#include "restartcaster/client/call.hpp"
#include "restartcaster/client/client.hpp"
#include "restartcaster/client/clock_skew.hpp"
#include "restartcaster/client/device_nonce.hpp"
#include "restartcaster/client/pacing.hpp"
#include "restartcaster/client/pages.hpp"

#endif
