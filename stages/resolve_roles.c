#include "stages/resolve_roles.h"
