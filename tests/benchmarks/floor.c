/* Write the files of a tar archive into a folder, one system call after the other: what the disk
   and the kernel ask of any importer.   floor ARCHIVE FOLDER */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BLOCK = 512, NAME = 100, SIZE = 124 };

int main(int count, char **words)
{
    char header[BLOCK];
    char *body = NULL;
    size_t room = 0;
    FILE *archive = count == 3 ? fopen(words[1], "rb") : NULL;

    if (!archive || mkdir(words[2], 0755) || chdir(words[2]))
        return EXIT_FAILURE;
    while (fread(header, BLOCK, 1, archive) == 1 && header[0]) {
        size_t size = strtoul(header + SIZE, NULL, 8);
        size_t padded = (size + BLOCK - 1) / BLOCK * BLOCK;
        int file;

        header[NAME - 1] = '\0';
        if (padded > room && !(body = realloc(body, room = padded)))
            return EXIT_FAILURE;
        if (padded && fread(body, padded, 1, archive) != 1)
            return EXIT_FAILURE;
        file = open(header, O_CREAT | O_EXCL | O_WRONLY, 0644);
        if (file < 0 || write(file, body, size) != (ssize_t)size || close(file))
            return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}
