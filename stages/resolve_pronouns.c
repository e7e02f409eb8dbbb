#include "stages/resolve_pronouns.h"
