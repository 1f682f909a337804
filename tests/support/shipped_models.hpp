// The models as they are shipped, for the tests that stand beside the code.
#pragma once

#include "reference/shipped_models.hpp"
