// A crew of MPI ranks. Only evenkeel-mpi has it: the program itself knows nothing of MPI.
#pragma once

#include <deque>
#include <memory>
#include <string>

#include "apps/evenkeel/crew.hpp"

namespace evenkeel::app {

// MPI is initialised before, with MPI_THREAD_SERIALIZED, and finalised after. Calls of MPI that fail end the
// job, as its default error handler has it.
class MpiCrew final : public Crew {
 public:
  MpiCrew();
  ~MpiCrew() override;
  [[nodiscard]] std::size_t rank() const override { return rank_; }
  [[nodiscard]] std::size_t size() const override { return size_; }
  [[nodiscard]] bool agree(bool yes) override;
  // Returns before it has arrived; a few may be on their way at once.
  void send(std::string bytes) override;
  [[nodiscard]] std::string receive(std::size_t from) override;
  void give_up(Status status) override;

 private:
  struct Sending;
  void finish_oldest();

  std::size_t rank_ = 0;
  std::size_t size_ = 1;
  std::deque<std::unique_ptr<Sending>> on_their_way_;
};

}  // namespace evenkeel::app
