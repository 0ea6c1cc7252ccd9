import { format } from "node:util";
import { afterAll, afterEach } from "vitest";

const complaints: string[] = [];

for (const level of ["error", "warn"] as const) {
  const print = console[level];
  console[level] = (...parts: unknown[]) => {
    complaints.push(`console.${level}: ${format(...parts)}`);
    print(...parts);
  };
}

function failOnComplaints(): void {
  const heard = complaints.splice(0);
  if (heard.length > 0) throw new Error(`a test must not complain on the console:\n${heard.join("\n")}`);
}

afterEach(failOnComplaints);
afterAll(failOnComplaints);
