#include "stages/resolve_descriptions.h"
