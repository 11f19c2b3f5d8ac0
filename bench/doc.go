// Command bench measures the portal against what a bare handler and one point
// read cost on the same machine in the same run, and prints a table in Markdown.
//
// Each server is a process of its own (this binary, started again), so that its
// CPU time holds nothing of the load generator. Everything happens on loopback
// and in a temporary directory; it stops by itself.
package main
