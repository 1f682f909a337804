#include "apps/evenkeel/mpi_crew.hpp"

#include <mpi.h>

#include "base/expects.hpp"

namespace evenkeel::app {
namespace {

constexpr int piece_tag = 1;
constexpr std::size_t most_on_their_way = 8;
constexpr std::size_t most_bytes = std::size_t{1} << 30;  // MPI counts in int

}  // namespace

struct MpiCrew::Sending {
  std::string bytes;
  MPI_Request request = MPI_REQUEST_NULL;
};

MpiCrew::MpiCrew() {
  int rank = 0;
  int size = 1;
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  MPI_Comm_size(MPI_COMM_WORLD, &size);
  rank_ = static_cast<std::size_t>(rank);
  size_ = static_cast<std::size_t>(size);
}

MpiCrew::~MpiCrew() {
  while (!on_their_way_.empty()) finish_oldest();
}

bool MpiCrew::agree(bool yes) {
  const int mine = yes ? 1 : 0;
  int all = 0;
  MPI_Allreduce(&mine, &all, 1, MPI_INT, MPI_MIN, MPI_COMM_WORLD);
  return all == 1;
}

void MpiCrew::finish_oldest() {
  MPI_Wait(&on_their_way_.front()->request, MPI_STATUS_IGNORE);
  on_their_way_.pop_front();
}

void MpiCrew::send(std::string bytes) {
  expects(bytes.size() < most_bytes, "a piece is small");
  if (on_their_way_.size() == most_on_their_way) finish_oldest();
  auto sending = std::make_unique<Sending>();
  sending->bytes = std::move(bytes);
  MPI_Isend(sending->bytes.data(), static_cast<int>(sending->bytes.size()), MPI_BYTE, 0, piece_tag,
            MPI_COMM_WORLD, &sending->request);
  on_their_way_.push_back(std::move(sending));
}

std::string MpiCrew::receive(std::size_t from) {
  MPI_Status status{};
  MPI_Probe(static_cast<int>(from), piece_tag, MPI_COMM_WORLD, &status);
  int count = 0;
  MPI_Get_count(&status, MPI_BYTE, &count);
  std::string bytes(static_cast<std::size_t>(count), '\0');
  MPI_Recv(bytes.data(), count, MPI_BYTE, static_cast<int>(from), piece_tag, MPI_COMM_WORLD,
           MPI_STATUS_IGNORE);
  return bytes;
}

void MpiCrew::give_up(Status status) {
  if (size_ > 1) MPI_Abort(MPI_COMM_WORLD, status);
}

}  // namespace evenkeel::app
