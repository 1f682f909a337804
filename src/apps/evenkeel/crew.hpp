// The processes that work on one study: this one alone, or several on one machine or many (mpi_crew.hpp).
#pragma once

#include <cstddef>
#include <string>

#include "apps/evenkeel/command.hpp"

namespace evenkeel::app {

class Crew {
 public:
  Crew() = default;
  virtual ~Crew() = default;
  Crew(const Crew&) = delete;
  Crew& operator=(const Crew&) = delete;

  [[nodiscard]] virtual std::size_t rank() const = 0;
  [[nodiscard]] virtual std::size_t size() const = 0;
  // Whether all say yes; returns once all have spoken.
  [[nodiscard]] virtual bool agree(bool yes) = 0;
  // To rank 0 from another. What one rank sends arrives in the order in which it was sent. Not at once from
  // two threads.
  virtual void send(std::string bytes) = 0;
  [[nodiscard]] virtual std::string receive(std::size_t from) = 0;
  // Ends the others in the midst of their work: this rank cannot go on.
  virtual void give_up(Status status) = 0;

  // Rank 0 writes and speaks; the others work.
  [[nodiscard]] bool leads() const { return rank() == 0; }
};

class Alone final : public Crew {
 public:
  [[nodiscard]] std::size_t rank() const override { return 0; }
  [[nodiscard]] std::size_t size() const override { return 1; }
  [[nodiscard]] bool agree(bool yes) override { return yes; }
  void send(std::string) override {}
  [[nodiscard]] std::string receive(std::size_t) override { return {}; }
  void give_up(Status) override {}
};

}  // namespace evenkeel::app
