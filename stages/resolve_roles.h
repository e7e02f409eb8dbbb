#include "stages/resolve_discourse.h"
