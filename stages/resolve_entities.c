#include "stages/resolve_entities.h"
