//! The program from outside: its command line, its pages, and what a kill leaves of its answers.

mod commands;
mod durability;
mod figures;
mod pages;
mod program;
