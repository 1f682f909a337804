// Random compartment systems, for the tests that stand beside the code.
#pragma once

#include "property/random_systems.hpp"
