/* The version of the engine. */
#ifndef ASKONCE_VERSION_H
#define ASKONCE_VERSION_H

#ifdef __cplusplus
extern "C" {
#endif

/* Such as "0.1.0". Static. */
const char *askonce_version(void);

#ifdef __cplusplus
}
#endif

#endif
