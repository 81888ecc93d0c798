// SPDX-License-Identifier: MIT
// What every image has: the start-up of the C library.
int main() { return 0; }
