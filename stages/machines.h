/* machines: one version of a function for each generation of vector units; the loader picks (function multiversioning).
 *
 * For static functions only: clang 14 does not give the name of a function with clones to other files.
 */
#ifndef QUOTH_MACHINES_H
#define QUOTH_MACHINES_H

/* The choice is made before a sanitizer of gcc is ready for it. */
#if defined(__x86_64__) && defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define QUOTH_FOR_EACH_MACHINE __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define QUOTH_FOR_EACH_MACHINE
#endif

#endif
