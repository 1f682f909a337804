// The transport's words, said in this layer without its name.
#pragma once

#include "http/http.hpp"
#include "http/problem.hpp"

namespace evenkeel::server {

using http::Answer;
using http::find_header;
using http::Header;
using http::Method;
using http::method_text;
using http::Problem;
using http::problem;
using http::Request;
using http::Response;
using http::Sink;
using http::Stream;
using http::Target;

}  // namespace evenkeel::server
