import { format } from "node:util";

const complaints: string[] = [];

for (const level of ["error", "warn"] as const) {
  const print = console[level];
  console[level] = (...parts: unknown[]) => {
    complaints.push(`console.${level}: ${format(...parts)}`);
    print(...parts);
  };
}

/** @throws when anything was complained of on the console since it was asked last */
export function failOnComplaints(): void {
  const heard = complaints.splice(0);
  if (heard.length > 0) throw new Error(`a test must not complain on the console:\n${heard.join("\n")}`);
}
